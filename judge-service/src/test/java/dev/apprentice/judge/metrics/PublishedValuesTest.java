package dev.apprentice.judge.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Values that papers and test suites print. */
class PublishedValuesTest {

    @ParameterizedTest
    @CsvSource({
        // Lin (2004), section 3.1: S1 with S2 and S3
        "police killed the gunman, police kill the gunman, 0.75",
        "police killed the gunman, the gunman kill police, 0.5",
        // rouge_score's own testRougeLsum/testRougeL: precision 1, recall 1/3
        "testing one two, testing, 0.5",
    })
    void rougeL(String reference, String response, double published) {
        assertThat(new RougeL().of(reference, response)).isCloseTo(published, within(1e-12));
    }

    @Test
    void exactMatchIsLiteralButForWhiteSpaceAtTheEnds() {
        ExactMatch exactMatch = new ExactMatch();

        assertThat(exactMatch.of("Paris", " Paris\n")).isEqualTo(1);
        assertThat(exactMatch.of("Paris", "paris")).isZero();
        assertThat(exactMatch.of("Paris", "Paris.")).isZero();
        assertThat(exactMatch.of("Paris", "")).isZero();
    }

    @Test
    void everyMetricGoesByItsName() {
        assertThat(new ReferenceMetrics().of("a b", "a b"))
                .containsOnlyKeys("exact_match", "rouge_l", "token_f1")
                .allSatisfy((name, value) -> assertThat(value).isEqualTo(1));
    }
}
