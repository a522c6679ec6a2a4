package dev.apprentice.judge.run;

import dev.apprentice.judge.report.ReportView;
import dev.apprentice.service.health.Condition;
import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Checkpoints wait for their exams, the base model's among them, and no answer comes at all: dataset-service or
 * inference-service is away. What is graded is shown. An exam that waits while others are answered is none: it has its turn.
 */
@Wellness
@ApplicationScoped
public class ExamsCondition implements Condition {

    /** Longer than a large model takes for a question, loading included. */
    static final Duration UNUSUAL = Duration.ofMinutes(5);

    private final Runs runs;
    private final ReportView reports;
    private final LongSupplier clock;
    private boolean waits;
    private long heard;
    private long since;

    @Inject
    ExamsCondition(Runs runs, ReportView reports) {
        this(runs, reports, System::nanoTime);
    }

    /** @param clock in nanoseconds; never jumps */
    ExamsCondition(Runs runs, ReportView reports, LongSupplier clock) {
        this.runs = runs;
        this.reports = reports;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "Exams";
    }

    @Override
    public synchronized Optional<String> trouble() {
        long unanswered = runs.unreported(reports);
        long now = clock.getAsLong();
        if (unanswered == 0 || !waits || heard != reports.heard()) {
            since = now;
        }
        waits = unanswered > 0;
        heard = reports.heard();
        return now - since <= UNUSUAL.toNanos()
                ? Optional.empty()
                : Optional.of(("checkpoints without an answer: %d, and none has come for over %d minutes; dataset-service asks the"
                                + " questions and inference-service answers them, are both running?")
                        .formatted(unanswered, UNUSUAL.toMinutes()));
    }
}
