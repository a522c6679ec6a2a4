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
 * The condition that checkpoints wait for their exams and no answer comes at all, because dataset-service or inference-service is
 * away. Existing grades are still shown. An exam that waits while others are answered is not in trouble: its turn will come.
 */
@Wellness
@ApplicationScoped
public class ExamsCondition implements Condition {

    /** How long a wait without any answer must last; a large model needs less for a question, loading included. */
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

    /** @param clock a monotonic clock in nanoseconds */
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
                : Optional.of(("checkpoints that wait for answers: %d, and none has arrived for over %d minutes; check that"
                                + " dataset-service, which asks the questions, and inference-service, which answers them, are running")
                        .formatted(unanswered, UNUSUAL.toMinutes()));
    }
}
