package dev.apprentice.prompts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The expectations are copied from the textbook's chapter 7 and its exercise 7.1. */
class PromptStyleTest {

    @Test
    void alpacaAsksWithInstructionAndInput() {
        assertThat(PromptStyle.ALPACA.question("Identify the correct spelling of the following word.", "Ocassion"))
                .isEqualTo("""
                        Below is an instruction that describes a task. Write a response that appropriately completes the request.

                        ### Instruction:
                        Identify the correct spelling of the following word.

                        ### Input:
                        Ocassion

                        ### Response:
                        """);
    }

    @Test
    void alpacaLeavesTheInputSectionOutWhereThereIsNoInput() {
        assertThat(PromptStyle.ALPACA.question("What is an antonym of 'complicated'?", ""))
                .isEqualTo("""
                        Below is an instruction that describes a task. Write a response that appropriately completes the request.

                        ### Instruction:
                        What is an antonym of 'complicated'?

                        ### Response:
                        """);
    }

    @Test
    void phi3PutsTheInputOnTheNextLine() {
        assertThat(PromptStyle.PHI3.question("Identify the correct spelling of the following word.", "Ocassion"))
                .isEqualTo("""
                        <|user|>
                        Identify the correct spelling of the following word.
                        Ocassion
                        <|assistant|>
                        """);
    }

    @Test
    void phi3WithoutInputIsTheInstructionAlone() {
        assertThat(PromptStyle.PHI3.question("What is an antonym of 'complicated'?", ""))
                .isEqualTo("<|user|>\nWhat is an antonym of 'complicated'?\n<|assistant|>\n");
    }

    @Test
    void thePromptIsTheQuestionWithoutTheAnswersHeader() {
        assertThat(PromptStyle.ALPACA.prompt("Add.", "1 2")).endsWith("### Instruction:\nAdd.\n\n### Input:\n1 2");
        assertThat(PromptStyle.PHI3.prompt("Add.", "1 2")).isEqualTo("<|user|>\nAdd.\n1 2");
    }

    @Test
    void everyStyleIsFoundByItsId() {
        for (PromptStyle style : PromptStyle.values()) {
            assertThat(PromptStyle.of(style.id())).isSameAs(style);
        }
    }

    @Test
    void anUnknownStyleIsRefusedWithTheStylesThereAre() {
        assertThatThrownBy(() -> PromptStyle.of("gpt"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("prompt style 'gpt' is unknown; choose one of alpaca, phi3, chatml, llama-2, llama-3, zephyr, vicuna, plain");
    }

    @Test
    void phi3IsFoundByItsHyphenatedName() {
        assertThat(PromptStyle.of("phi-3")).isSameAs(PromptStyle.PHI3);
    }

    /** The expectations are copied from each model's card. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "chatml; <|im_start|>user~Add.~~1 2<|im_end|>~<|im_start|>assistant~",
                "llama-2; [INST] Add.~~1 2 [/INST]",
                "llama-3; <|start_header_id|>user<|end_header_id|>~~Add.~~1 2<|eot_id|><|start_header_id|>assistant<|end_header_id|>~~",
                "zephyr; <|user|>~Add.~~1 2~<|assistant|>~",
                "plain; Add.~~1 2~"
            })
    void theOtherStylesAskAsTheirModelsAreAsked(String style, String question) {
        assertThat(PromptStyle.of(style).question("Add.", "1 2")).isEqualTo(question.replace('~', '\n'));
    }

    @Test
    void aTemplateOfAUserSaysItselfHowAnInputIsJoined() {
        PromptStyle style = PromptStyle.ofTemplate("mine.jinja", "input:  about \n---\n{{ messages[0].content }}?");

        assertThat(style.question("Tell me", "cats")).isEqualTo("Tell me about cats?");
        assertThat(style.chatTemplate("<s>", "</s>")).isEqualTo("{{ messages[0].content }}?");
    }
}
