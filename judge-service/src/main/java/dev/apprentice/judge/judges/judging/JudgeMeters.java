package dev.apprentice.judge.judges.judging;

import dev.apprentice.contracts.Score.Verdict;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/**
 * What the judges do, in numbers: {@code apprentice_judge_seconds} (the time of a model's answers),
 * {@code apprentice_judge_verdicts_total} by kind, {@code apprentice_judge_remembered_total} (answers that the cache had)
 * and {@code apprentice_judge_retries_total}.
 */
@ApplicationScoped
public class JudgeMeters {

    private static final String JUDGE = "judge";

    private final MeterRegistry registry;

    public JudgeMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    void answered(String model, double seconds) {
        registry.timer("apprentice.judge.seconds", JUDGE, model)
                .record(Duration.ofNanos((long) (seconds * Duration.ofSeconds(1).toNanos())));
    }

    void remembered(String model) {
        registry.counter("apprentice.judge.remembered", JUDGE, model).increment();
    }

    void judged(Verdict verdict) {
        count(verdict.judge(), verdict.score().isPresent() ? "scored" : verdict.refused().orElse(false) ? "refused" : "unreadable");
    }

    void empty(String judge) {
        count(judge, "empty_response");
    }

    void retried(String judge) {
        registry.counter("apprentice.judge.retries", JUDGE, judge).increment();
    }

    private void count(String judge, String kind) {
        registry.counter("apprentice.judge.verdicts", JUDGE, judge, "kind", kind).increment();
    }
}
