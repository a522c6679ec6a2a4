package dev.apprentice.prompts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** The expectations are typed out from the textbook's chapter 7 and its exercise 7.1. */
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
        assertThatThrownBy(() -> PromptStyle.of("vicuna"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("prompt style 'vicuna' is unknown; choose one of alpaca, phi3");
    }
}
