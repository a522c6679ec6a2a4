package dev.apprentice.judge.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.apprentice.contracts.Json;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Values computed in Python by other people's definitions: token F1 with the functions of SQuAD's evaluate-v2.0.py, ROUGE-L
 * with those of Google's rouge_score (rougeL, no stemming).
 */
class ReferenceValuesTest {

    @JsonNaming(SnakeCaseStrategy.class)
    record Case(String reference, String response, double tokenF1, double rougeL) {}

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
        assertThat(new RougeL().of(pair.reference, pair.response)).isCloseTo(pair.rougeL, within(1e-12));
    }
}
