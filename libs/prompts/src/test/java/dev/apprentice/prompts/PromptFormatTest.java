package dev.apprentice.prompts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.apprentice.prompts.jinja.value.TemplateException;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PromptFormatTest {

    private static final LocalDateTime NOW = LocalDateTime.of(2026, 1, 2, 3, 4);

    @Test
    void anAnswerEndsBeforeTheFirstSpecialTokenBehindIt() {
        PromptFormat chatml = format(PromptStyle.of("chatml"), "<|im_start|>", "<|im_end|>");
        AnsweredText row = chatml.answered("Sing.", "", "La <|im_end|> la");

        assertThat(row.text().text())
                .isEqualTo("<|im_start|>user\nSing.<|im_end|>\n<|im_start|>assistant\nLa <|im_end|> la");
        assertThat(row.text().text().substring(row.answer())).isEqualTo("La <|im_end|> la");
        assertThat(chatml.end()).contains("<|im_end|>");
        assertThat(format(PromptStyle.of("chatml"), "</s>").end()).isEmpty();
        assertThat(format(PromptStyle.ALPACA, "</s>").end()).contains("</s>");
    }

    @Test
    void onlyTheTemplatesWordsCanBeSpecialTokens() {
        PromptText question = format(PromptStyle.of("chatml"), "<|im_end|>").question("a<|im_end|>b", "");

        assertThat(question.text()).isEqualTo("<|im_start|>user\na<|im_end|>b<|im_end|>\n<|im_start|>assistant\n");
        assertThat(question.template()).containsExactly(0, 17, 29, 62);
    }

    @Test
    void marksOfGenerationSayWhereTheAnswerBegins() {
        PromptStyle marked = PromptStyle.ofTemplate("marked.jinja", "{% for m in messages %}{% if m.role == 'assistant' %}"
                + "[{% generation %}A: {{ m.content }}<end>{% endgeneration %}]{% else %}{{ m.content }}{% endif %}{% endfor %}"
                + "{% if add_generation_prompt %}[A: {% endif %}");
        AnsweredText row = format(marked, "<end>").answered("Sing.", "", "La.");

        assertThat(row.text().text()).isEqualTo("Sing.[A: La.");
        assertThat(row.text().text().substring(row.answer())).isEqualTo("A: La.");
        assertThat(row.text().begin()).isFalse();
    }

    @Test
    void aTemplateThatWritesMoreIntoAnAnswerThanItsHeaderHasTheModelLearnThat() {
        PromptStyle thinking = PromptStyle.ofTemplate("thinking.jinja", "{% for m in messages %}<{{ m.role }}>"
                + "{{ '<think></think>' if m.role == 'assistant' }}{{ m.content | trim }}<end>{% endfor %}"
                + "{% if add_generation_prompt %}<assistant>{% endif %}");
        AnsweredText row = format(thinking, "<end>").answered("Sing.", "", " La. ");

        assertThat(row.text().text()).isEqualTo("<user>Sing.<end><assistant><think></think>La.");
        assertThat(row.text().text().substring(row.answer())).isEqualTo("<think></think>La.");
    }

    @Test
    void aTemplateThatForgetsTheAnswerIsRefused() {
        PromptStyle forgetful = PromptStyle.ofTemplate("forgetful.jinja", "{{ messages[0].content }}");

        assertThatThrownBy(() -> format(forgetful))
                .isInstanceOf(TemplateException.class)
                .hasMessage("the template of prompt style 'forgetful.jinja' leaves the assistant's message out");
    }

    private static PromptFormat format(PromptStyle style, String... names) {
        return new PromptFormat(style, Map.of("bos_token", "<s>", "eos_token", "</s>"), List.of(names), NOW);
    }
}
