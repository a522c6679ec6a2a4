package dev.apprentice.judge.judging;

import dev.apprentice.contracts.Response;
import dev.apprentice.contracts.Score.Verdict;
import dev.apprentice.judge.JudgeSettings;
import io.smallrye.faulttolerance.api.TypedGuard;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import org.jboss.logging.Logger;

/**
 * A judge that is asked again, after growing and slightly random waits, until it answers.
 *
 * <p>The only layer that repeats a question. It never gives up: a judge that is away for a night delays the grades and
 * changes none of them. What it waits for is told by {@link #trouble()}.
 */
final class PatientJudge implements Judge {

    private static final Logger LOG = Logger.getLogger(PatientJudge.class);
    private static final int FOR_EVER = -1;

    private final Judge judge;
    private final Duration timeout;
    private final TypedGuard<Verdict> guard;
    private volatile Optional<String> trouble = Optional.empty();

    PatientJudge(Judge judge, JudgeSettings settings, Runnable onRetry) {
        this.judge = judge;
        this.timeout = settings.ollama().timeout();
        long delay = settings.retry().delay().toMillis();
        this.guard = TypedGuard.create(Verdict.class)
                .withDescription("judge " + judge.name())
                .withRetry()
                .maxRetries(FOR_EVER)
                .maxDuration(0, ChronoUnit.MILLIS)
                .delay(delay, ChronoUnit.MILLIS)
                .jitter(delay / 2, ChronoUnit.MILLIS)
                .retryOn(List.of(JudgeUnavailableException.class, TimeoutException.class))
                .beforeRetry(this::note)
                .onRetry(onRetry)
                .withExponentialBackoff()
                .maxDelay(settings.retry().maxDelay().toMillis(), ChronoUnit.MILLIS)
                .done()
                .done()
                // The client's own time-out ends with the headers; this one also ends a body that never comes.
                .withTimeout()
                .duration(timeout.toMillis(), ChronoUnit.MILLIS)
                .done()
                .build();
    }

    @Override
    public String name() {
        return judge.name();
    }

    /** Why it waits; empty while the judge answers. */
    Optional<String> trouble() {
        return trouble;
    }

    /** As the judge grades, but with all the time in the world. Ends early only when its thread is interrupted. */
    @Override
    public Verdict grade(Response response) {
        Verdict verdict = guard.get(() -> judge.grade(response));
        if (trouble.isPresent()) {
            LOG.infof("judge '%s' answers again", name());
            trouble = Optional.empty();
        }
        return verdict;
    }

    private void note(Throwable failure) {
        Optional<String> reason = Optional.of(failure instanceof TimeoutException
                ? "judge '" + name() + "' did not answer within " + timeout.toMillis() + " ms"
                : failure.getMessage());
        if (!reason.equals(trouble)) { // said once, not at every repetition
            LOG.warnf("%s; it is asked again until it answers", reason.get());
            trouble = reason;
        }
    }
}
