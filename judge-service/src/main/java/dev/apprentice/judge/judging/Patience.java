package dev.apprentice.judge.judging;

import dev.apprentice.judge.JudgeSettings;
import dev.failsafe.CircuitBreaker;
import dev.failsafe.CircuitBreakerOpenException;
import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.FailsafeExecutor;
import dev.failsafe.Policy;
import dev.failsafe.RateLimiter;
import dev.failsafe.RetryPolicy;
import dev.failsafe.Timeout;
import dev.failsafe.TimeoutExceededException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Asks a model again, after growing and slightly random waits, until it answers.
 *
 * <pre>
 * retry for ever ( circuit breaker ( rate limit ( time-out ( question ))))
 * </pre>
 *
 * The only layer that repeats a question. It never gives up: a judge that is away for a night delays the grades and changes
 * none of them. After some failures in a row the breaker opens: then one question at a time tries whether the model is back,
 * and the others wait without asking. What it waits for is told by {@link #trouble()}.
 */
final class Patience {

    private static final Logger LOG = Logger.getLogger(Patience.class);
    private static final double JITTER = 0.25;
    private static final int FOR_EVER = -1;
    /** A question may wait for its turn under a rate limit as long as it likes. */
    private static final Duration ANY_TIME = Duration.ofDays(365);

    private final String judge;
    private final Duration timeout;
    private final FailsafeExecutor<Object> executor;
    private volatile Optional<String> trouble = Optional.empty();

    Patience(String judge, Duration timeout, JudgeSettings settings, Runnable onRetry) {
        this.judge = judge;
        this.timeout = timeout;
        List<Policy<Object>> policies = new ArrayList<>();
        policies.add(RetryPolicy.builder()
                .handle(List.of(
                        JudgeUnavailableException.class, TimeoutExceededException.class, CircuitBreakerOpenException.class))
                .withBackoff(settings.retry().delay(), settings.retry().maxDelay())
                .withJitter(JITTER)
                .withMaxRetries(FOR_EVER)
                .onFailedAttempt(attempt -> note(attempt.getLastException()))
                .onRetry(attempt -> onRetry.run())
                .build());
        policies.add(CircuitBreaker.builder()
                .handle(List.of(JudgeUnavailableException.class, TimeoutExceededException.class))
                .withFailureThreshold(settings.retry().breakerAfter())
                .withSuccessThreshold(1)
                .withDelay(settings.retry().maxDelay())
                .build());
        settings.ratePerMinute().ifPresent(rate -> policies.add(
                RateLimiter.smoothBuilder(rate, Duration.ofMinutes(1)).withMaxWaitTime(ANY_TIME).build()));
        // The client's own time-out ends with the headers; this one also ends a body that never comes.
        policies.add(Timeout.builder(timeout).withInterrupt().build());
        this.executor = Failsafe.with(policies);
    }

    /** Why it waits; empty while the model answers. */
    Optional<String> trouble() {
        return trouble;
    }

    /**
     * The answer, however long it takes. Ends early only when its thread is interrupted.
     *
     * @throws QuestionRefusedException as the question does
     * @throws CancellationException if the thread was interrupted
     */
    <T> T await(Supplier<T> question) {
        try {
            T answer = executor.get(question::get);
            answered();
            return answer;
        } catch (QuestionRefusedException e) {
            answered();
            throw e;
        } catch (FailsafeException e) {
            if (e.getCause() instanceof InterruptedException) {
                Thread.currentThread().interrupt();
                throw new CancellationException("judge '" + judge + "' was interrupted");
            }
            throw e;
        }
    }

    private void answered() {
        if (trouble.isPresent()) {
            LOG.infof("judge '%s' answers again", judge);
            trouble = Optional.empty();
        }
    }

    private void note(Throwable failure) {
        if (failure instanceof CircuitBreakerOpenException) {
            return; // what opened it has been told
        }
        Optional<String> reason = Optional.of(failure instanceof TimeoutExceededException
                ? "judge '" + judge + "' did not answer within " + timeout.toMillis() + " ms"
                : failure.getMessage());
        if (!reason.equals(trouble)) { // said once, not at every repetition
            LOG.warnf("%s; it is asked again until it answers", reason.get());
            trouble = reason;
        }
    }
}
