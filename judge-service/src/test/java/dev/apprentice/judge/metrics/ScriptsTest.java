package dev.apprentice.judge.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts in other languages, and white space other than blanks. */
class ScriptsTest {

    /** The expected values were counted by hand: the longest common subsequence divided by the words of each text. */
    @ParameterizedTest
    @CsvSource({
        "Ответ: 4 кошки, ответ 4 кошки, 1",
        "Кошка сидит на ковре, кошка лежит на ковре, 0.75",
        "猫が好き, 猫が嫌い, 0.5",
        "القطة تنام, القطة تأكل, 0.5",
        "ควาย, ควาย, 1",
        "the café is open, the cafe is open, 0.75",
        "the cat sat on the mat, the cat is on a mat, 0.6666666666666666",
        "猫, dog, 0"
    })
    void rougeOfAnyScriptCountsItsWords(String reference, String response, double value) {
        assertThat(RougeL.anyScript().of(reference, response)).isCloseTo(value, within(1e-12));
        assertThat(RougeL.anyScript().name()).isEqualTo("rouge_l_unicode");
    }

    @Test
    void thePublishedRougeStaysAsItIsPublished() {
        assertThat(RougeL.published().of("Ответ", "Ответ")).isZero();
        assertThat(RougeL.published().of("the café is open", "the caf is open")).isEqualTo(1);
    }

    /** Python: "a\x1cb c".split() is ['a', 'b', 'c']. */
    @Test
    void separatorsAreWhiteSpaceAsInPython() {
        for (char separator = 0x1c; separator <= 0x1f; separator++) {
            String text = "cold" + separator + "water";
            assertThat(new TokenF1().of("cold water", text)).isEqualTo(1);
            assertThat(new Chrf().of("cold water", text)).isCloseTo(100, within(1e-9));
            assertThat(Bleu.tokens(text)).containsExactly("cold", "water");
            assertThat(WhiteSpace.split(separator + text + separator)).containsExactly("cold", "water");
        }
    }
}
