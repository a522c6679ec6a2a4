package dev.apprentice.judge.judges.judging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.contracts.event.ScoreVerdictBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

class JudgeMetricsTest {

    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final JudgeMetrics metrics = new JudgeMetrics(registry);

    /** Otherwise the share of verdicts without a score would be missing instead of 0 until the first of them. */
    @Test
    void everyResultCanBeSeenFromAJudgesFirstVerdict() {
        metrics.judged(ScoreVerdictBuilder.builder().judge("llama3").rubric("helpful").score(80.0).build());
        metrics.judged(ScoreVerdictBuilder.builder().judge("llama3").rubric("helpful").score(90.0).build());

        assertThat(verdicts("scored")).isEqualTo(2);
        assertThat(verdicts("unreadable")).isZero();
        assertThat(verdicts("refused")).isZero();
        assertThat(verdicts("empty_response")).isZero();

        metrics.judged(ScoreVerdictBuilder.builder().judge("llama3").rubric("helpful").unreadable("yes").build());
        metrics.empty("llama3", "helpful");

        assertThat(verdicts("scored")).isEqualTo(2);
        assertThat(verdicts("unreadable")).isEqualTo(1);
        assertThat(verdicts("empty_response")).isEqualTo(1);
    }

    private double verdicts(String result) {
        return registry.get("apprentice.judge.verdicts").tags("judge", "llama3", "rubric", "helpful", "result", result).counter().count();
    }
}
