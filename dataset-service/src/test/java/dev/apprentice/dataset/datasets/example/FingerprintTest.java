package dev.apprentice.dataset.datasets.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FingerprintTest {

    @Test
    void isTheBeginningOfASha256OverLengthsAndTexts() {
        // printf '\0\0\0\1a\0\0\0\2\xc3\xa9' | sha256sum
        assertThat(Fingerprint.of("a", "é").id()).isEqualTo("1c063bcc31008a2fc305");
    }

    @Test
    void tellsWhereOneTextEndsAndTheNextBegins() {
        assertThat(Fingerprint.of("ab", "c")).isNotEqualTo(Fingerprint.of("a", "bc"));
    }

    @Test
    void placesTextsEvenlyBetweenZeroAndOne() {
        double mean = IntStream.range(0, 10_000)
                .mapToDouble(number -> Fingerprint.of("text " + number).place())
                .peek(place -> assertThat(place).isBetween(0.0, Math.nextDown(1.0)))
                .average()
                .orElseThrow();
        assertThat(mean).isCloseTo(0.5, within(0.01));
    }
}
