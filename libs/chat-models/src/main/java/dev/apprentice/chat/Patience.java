package dev.apprentice.chat;

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
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.Supplier;

/**
 * Retries questions to a model, with growing and slightly random waits (backoff with jitter), until it answers.
 *
 * <pre>
 * retry of refusals ( retry without end, or up to a limit ( circuit breaker ( rate limit ( timeout ( question )))))
 * </pre>
 *
 * <p>This is the only layer that retries. Without a limit of tries it never gives up a model that does not answer, so a model
 * that is away for a night delays the grades but changes none. After several failures in a row the circuit breaker opens. Then
 * one question at a time tests whether the model is back, and the others wait. A model that answers with a refusal is asked the
 * question several times. After that, further questions are asked once each until one is answered. {@link #trouble()} says what
 * is wrong.
 */
public final class Patience {

    private static final System.Logger LOG = System.getLogger(Patience.class.getName());
    private static final double JITTER = 0.25;
    private static final int FOR_EVER = -1;
    /** How long a question may wait under a rate limit: practically without end. */
    private static final Duration ANY_TIME = Duration.ofDays(365);

    private final String asked;
    private final Duration timeout;
    private final boolean endless;
    private final FailsafeExecutor<Object> severalTries;
    private final FailsafeExecutor<Object> oneTry;
    private volatile Optional<Trouble> trouble = Optional.empty();
    private volatile Runnable onTrouble = () -> {};

    /**
     * Creates the layer without asking a question.
     *
     * @param asked role and name of the model, for messages: {@code judge 'llama3'}
     * @param timeout how long one answer may take
     * @param onRetry runs before each retry
     */
    public Patience(String asked, Duration timeout, Retries retries, Runnable onRetry) {
        this.asked = asked;
        this.timeout = timeout;
        this.endless = retries.tries().isEmpty();
        List<Policy<Object>> policies = new ArrayList<>();
        policies.add(policy(retries, retries.tries().map(tries -> tries - 1).orElse(FOR_EVER), onRetry, List.of(
                ModelUnavailableException.class, TimeoutExceededException.class, CircuitBreakerOpenException.class)));
        policies.add(CircuitBreaker.builder()
                .handle(List.of(ModelUnavailableException.class, TimeoutExceededException.class))
                .withFailureThreshold(retries.breakerAfter())
                .withSuccessThreshold(1)
                .withDelay(retries.maxDelay())
                .build());
        retries.ratePerMinute().ifPresent(rate -> policies.add(
                RateLimiter.smoothBuilder(rate, Duration.ofMinutes(1)).withMaxWaitTime(ANY_TIME).build()));
        // The client's own timeout covers only the headers; this one also covers a body that never arrives.
        policies.add(Timeout.builder(timeout).withInterrupt().build());
        this.oneTry = Failsafe.with(policies);
        List<Policy<Object>> more = new ArrayList<>(policies);
        more.add(0, policy(retries, retries.refusals() - 1, onRetry, List.of(ModelRefusesException.class)));
        this.severalTries = Failsafe.with(more);
    }

    private Policy<Object> policy(
            Retries retries, int most, Runnable onRetry, List<Class<? extends Throwable>> failures) {
        return RetryPolicy.builder()
                .handle(failures)
                .withBackoff(retries.delay(), retries.maxDelay())
                .withJitter(JITTER)
                .withMaxRetries(most)
                .onFailedAttempt(attempt -> note(attempt.getLastException()))
                .onRetry(attempt -> onRetry.run())
                .build();
    }

    /** Sets an action that runs whenever the model stops answering. */
    public void onTrouble(Runnable doing) {
        onTrouble = doing;
    }

    /** Returns why the model gives no answer; empty while it does. */
    public Optional<Trouble> trouble() {
        return trouble;
    }

    /**
     * Returns the answer, waiting as long as needed. Without a limit of tries it fails early only if its thread is interrupted.
     *
     * @throws ModelUnavailableException if the model has not answered within its limit of tries
     * @throws ModelRefusesException if the model has refused the question in every try
     * @throws QuestionRefusedException if the question throws it
     * @throws CancellationException if the thread was interrupted
     */
    public <T> T await(Supplier<T> question) {
        try {
            T answer = (refuses() ? oneTry : severalTries).get(question::get);
            answered();
            return answer;
        } catch (ModelRefusesException e) {
            note(Trouble.Kind.REFUSED, e.getMessage());
            throw e;
        } catch (QuestionRefusedException e) {
            answered();
            throw e;
        } catch (TimeoutExceededException | CircuitBreakerOpenException e) { // after the last try
            throw new ModelUnavailableException(trouble.map(Trouble::reason).orElseGet(this::late), e);
        } catch (FailsafeException e) {
            if (e.getCause() instanceof InterruptedException) {
                Thread.currentThread().interrupt();
                throw new CancellationException(asked + " was interrupted");
            }
            throw e;
        }
    }

    private boolean refuses() {
        return trouble.filter(now -> now.kind() == Trouble.Kind.REFUSED).isPresent();
    }

    private void answered() {
        if (trouble.isPresent()) {
            LOG.log(System.Logger.Level.INFO, () -> asked + " answers again");
            trouble = Optional.empty();
        }
    }

    private void note(Throwable failure) {
        if (failure instanceof CircuitBreakerOpenException || failure instanceof ModelRefusesException && refuses()) {
            return; // the cause was logged before
        }
        note(Trouble.Kind.AWAY, failure instanceof TimeoutExceededException ? late() : failure.getMessage());
    }

    private String late() {
        return asked + " did not answer within " + timeout.toMillis() + " ms";
    }

    private synchronized void note(Trouble.Kind kind, String reason) {
        Optional<Trouble> known = trouble.filter(now -> now.kind() == kind);
        if (known.filter(now -> now.reason().equals(reason)).isEmpty()) { // logged once, not at every retry
            LOG.log(System.Logger.Level.WARNING, () -> reason + (kind == Trouble.Kind.AWAY
                    ? (endless ? "; retrying until it answers" : "; retrying")
                    : "; its questions count as refused until it answers"));
        }
        trouble = Optional.of(new Trouble(kind, reason, known.map(Trouble::since).orElseGet(Instant::now)));
        if (kind == Trouble.Kind.AWAY && known.isEmpty()) {
            onTrouble.run();
        }
    }
}
