package dev.apprentice.judge.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.apprentice.contracts.Json;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Values computed in Python with independent implementations: token F1 with the functions of SQuAD's evaluate-v2.0.py; ROUGE-1,
 * ROUGE-2 and ROUGE-L with the functions of Google's rouge_score, copied from its source (rouge_scorer.py, tokenize.py and
 * scoring.py in google-research/rouge, no stemming) instead of the installed package; BLEU and chrF with sacreBLEU 2.6.0
 * (sentence_bleu and sentence_chrf with their defaults).
 */
class ReferenceValuesTest {

    @JsonNaming(SnakeCaseStrategy.class)
    record Case(
            String reference,
            String response,
            double tokenF1,
            double rougeL,
            @JsonProperty("rouge_1") double rouge1,
            @JsonProperty("rouge_2") double rouge2,
            double bleu,
            double chrf) {}

    static Stream<Case> cases() throws IOException {
        return Json.MAPPER
                .readValue(
                        ReferenceValuesTest.class.getResource("/metrics/reference-values.json"),
                        new TypeReference<List<Case>>() {})
                .stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void metricsEqualTheReferenceImplementations(Case pair) {
        assertThat(new TokenF1().of(pair.reference, pair.response)).isCloseTo(pair.tokenF1, within(1e-12));
        assertThat(RougeL.published().of(pair.reference, pair.response)).isCloseTo(pair.rougeL, within(1e-12));
        assertThat(new RougeN(1).of(pair.reference, pair.response)).isCloseTo(pair.rouge1, within(1e-12));
        assertThat(new RougeN(2).of(pair.reference, pair.response)).isCloseTo(pair.rouge2, within(1e-12));
        assertThat(new Bleu().of(pair.reference, pair.response)).isCloseTo(pair.bleu, within(1e-9));
        assertThat(new Chrf().of(pair.reference, pair.response)).isCloseTo(pair.chrf, within(1e-9));
    }

    /** sacreBLEU 2.6.0's corpus_bleu and corpus_chrf over the same pairs. */
    @Test
    void figuresOfTheWholeExamEqualTheReferenceImplementation() throws IOException {
        double[] bleu = sum(cases().map(pair -> Bleu.statistics(pair.reference, pair.response)));
        double[] chrf = sum(cases().map(pair -> Chrf.statistics(pair.reference, pair.response)));

        assertThat(Bleu.ofExam(bleu)).isCloseTo(29.22003853312509, within(1e-9));
        assertThat(Chrf.ofExam(chrf)).isCloseTo(57.710154416483036, within(1e-9));
    }

    private static double[] sum(Stream<double[]> rows) {
        return rows.reduce((a, b) -> {
                    double[] sum = a.clone();
                    Arrays.setAll(sum, i -> a[i] + b[i]);
                    return sum;
                })
                .orElseThrow();
    }
}
