package dev.apprentice.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.interpret.RenderResult;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A chat client and the training data have to agree to the character, or the tuned model is asked in a form it never
 * saw.
 */
class ChatTemplateTest {

    private static final String END = "<|endoftext|>";

    private final Jinjava jinja = new Jinjava();

    @ParameterizedTest
    @EnumSource
    void aUserMessageRendersToTheQuestion(PromptStyle style) {
        assertThat(render(style, List.of(user(style.message("Translate.", "the \"cat\"\n sleeps "))), true))
                .isEqualTo(style.question("Translate.", "the \"cat\"\n sleeps "));
        assertThat(render(style, List.of(user(style.message("Sing.", ""))), true)).isEqualTo(style.question("Sing.", ""));
    }

    @ParameterizedTest
    @EnumSource
    void anAnsweredMessageRendersToTheRowThatTrains(PromptStyle style) {
        assertThat(render(style, List.of(user("Sing."), assistant("La la.")), false))
                .isEqualTo(style.question("Sing.", "") + "La la." + END);
    }

    @ParameterizedTest
    @EnumSource
    void aTextBeginsAsTheModelsTextsDo(PromptStyle style) {
        assertThat(render(style, "<'s\\>", List.of(user(style.message("Sing.", ""))), true))
                .isEqualTo("<'s\\>" + style.question("Sing.", ""));
    }

    @ParameterizedTest
    @EnumSource
    void aTemplateIsKnownAgainWhateverBeginsAndEndsATextInIt(PromptStyle style) {
        assertThat(PromptStyle.ofChatTemplate(style.chatTemplate("", END))).contains(style);
        assertThat(PromptStyle.ofChatTemplate(style.chatTemplate("<'s\\>", "</'s\\>"))).contains(style);
        assertThat(PromptStyle.ofChatTemplate(TemplateText.read(style.id() + ".jinja"))).contains(style);
        assertThat(PromptStyle.ofChatTemplate(style.chatTemplate("", END) + "more")).isEmpty();
    }

    @Test
    void aSystemMessageTakesThePlaceOfAlpacasPreamble() {
        assertThat(render(PromptStyle.ALPACA, List.of(message("system", "Be brief."), user("Sing.")), true))
                .isEqualTo("Be brief.\n\n### Instruction:\nSing.\n\n### Response:\n");
    }

    @Test
    void aSystemMessageHasASectionOfItsOwnInPhi3() {
        assertThat(render(PromptStyle.PHI3, List.of(message("system", "Be brief."), user("Sing.")), true))
                .isEqualTo("<|system|>\nBe brief.\n<|user|>\nSing.\n<|assistant|>\n");
    }

    private String render(PromptStyle style, List<Map<String, String>> messages, boolean addGenerationPrompt) {
        return render(style, "", messages, addGenerationPrompt);
    }

    private String render(
            PromptStyle style, String begin, List<Map<String, String>> messages, boolean addGenerationPrompt) {
        RenderResult result = jinja.renderForResult(
                style.chatTemplate(begin, END), Map.of("messages", messages, "add_generation_prompt", addGenerationPrompt));
        assertThat(result.getErrors()).isEmpty();
        return result.getOutput();
    }

    private static Map<String, String> user(String content) {
        return message("user", content);
    }

    private static Map<String, String> assistant(String content) {
        return message("assistant", content);
    }

    private static Map<String, String> message(String role, String content) {
        return Map.of("role", role, "content", content);
    }
}
