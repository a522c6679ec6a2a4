package dev.apprentice.contracts.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoreTest {

    /** A score is written as the number of its grading, and w where it is whole. */
    @ParameterizedTest
    @CsvSource({
        "0, 0, true", "0w, 0, true", "0, 0w, false", "0w, 0w, true",
        "1, 0w, true", "1w, 0, true", "0w, 1, false", "2, 1w, true", "1, 1w, false"
    })
    void theNewestGradingHoldsAndWithinOneAWholeScore(String now, String known, boolean replaces) {
        assertThat(score(now).replaces(score(known))).isEqualTo(replaces);
    }

    private static Score score(String text) {
        int regraded = Character.getNumericValue(text.charAt(0));
        return ScoreBuilder.builder()
                .run("r")
                .step(0)
                .example("e")
                .index(0)
                .of(1)
                .metrics(Map.of())
                .awaited(text.endsWith("w") ? List.of() : List.of("j"))
                .regraded(Optional.of(regraded).filter(times -> times > 0))
                .build();
    }
}
