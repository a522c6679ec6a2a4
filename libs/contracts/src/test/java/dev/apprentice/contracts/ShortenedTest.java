package dev.apprentice.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShortenedTest {

    @ParameterizedTest
    @CsvSource({"4, word, word", "5, words, words", "4, words, wor…", "1, words, …"})
    void aTextThatFitsStaysAndALongerOneEndsWithDots(int most, String text, String expected) {
        assertThat(Shortened.to(most, text)).isEqualTo(expected);
    }

    @Test
    void aSurrogatePairIsNotSplit() {
        String notes = "\uD83C\uDFB5\uD83C\uDFB5\uD83C\uDFB5"; // three characters of two units each
        assertThat(Shortened.to(5, notes)).isEqualTo("\uD83C\uDFB5\uD83C\uDFB5…");
        assertThat(Shortened.to(4, notes)).isEqualTo("\uD83C\uDFB5…");
        assertThat(Shortened.to(2, notes)).isEqualTo("…");
    }
}
