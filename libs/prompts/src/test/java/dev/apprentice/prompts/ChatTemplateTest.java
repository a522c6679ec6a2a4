package dev.apprentice.prompts;

import static org.assertj.core.api.Assertions.assertThat;

import com.hubspot.jinjava.Jinjava;
import com.hubspot.jinjava.interpret.RenderResult;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A chat client and the training data must agree in every character; otherwise the tuned model is asked in a form it has never
 * seen.
 */
class ChatTemplateTest {

    private static final String END = "<|endoftext|>";
    private static final Map<String, String> ENDS = Map.of("chatml", "<|im_end|>", "llama-3", "<|eot_id|>");

    /** A different engine from the one that renders questions. */
    private final Jinjava jinja = new Jinjava();

    static List<PromptStyle> styles() {
        return PromptStyle.values();
    }

    @ParameterizedTest
    @MethodSource("styles")
    void aUserMessageRendersToTheQuestion(PromptStyle style) {
        assertThat(render(style, List.of(user(style.message("Translate.", "the \"cat\"\n sleeps "))), true))
                .isEqualTo(question(style, "Translate.", "the \"cat\"\n sleeps "));
        assertThat(render(style, List.of(user(style.message("Sing.", ""))), true)).isEqualTo(question(style, "Sing.", ""));
    }

    @ParameterizedTest
    @MethodSource("styles")
    void anAnsweredMessageRendersToTheRowThatTrains(PromptStyle style) {
        assertThat(render(style, List.of(user("Sing."), assistant("La la.")), false))
                .startsWith(question(style, "Sing.", ""))
                .containsPattern("(?s)" + Pattern.quote(question(style, "Sing.", "")) + " ?La la\\. ?"
                        + Pattern.quote(ENDS.getOrDefault(style.id(), END)) + "\n?$");
    }

    @ParameterizedTest
    @MethodSource("styles")
    void aTextBeginsAsTheModelsTextsDo(PromptStyle style) {
        assertThat(render(style, "<'s\\>", List.of(user(style.message("Sing.", ""))), true))
                .isEqualTo("<'s\\>" + question(style, "Sing.", ""));
    }

    @ParameterizedTest
    @MethodSource("styles")
    void aTemplateIsKnownAgainWhateverBeginsAndEndsATextInIt(PromptStyle style) {
        assertThat(PromptStyle.ofChatTemplate(style.chatTemplate("", END))).contains(style);
        assertThat(PromptStyle.ofChatTemplate(style.chatTemplate("<'s\\>", "</'s\\>"))).contains(style);
        assertThat(PromptStyle.ofChatTemplate(style.template())).contains(style);
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

    private static String question(PromptStyle style, String instruction, String input) {
        return new PromptFormat(style, Map.of("bos_token", "", "eos_token", END), List.of(), LocalDateTime.MIN)
                .question(instruction, input)
                .text();
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
