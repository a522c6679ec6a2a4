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
 * Asks a model again, after growing and slightly random waits, until it answers.
 *
 * <pre>
 * some tries more where it refuses ( retry for ever, or so often ( circuit breaker ( rate limit ( time-out ( question )))))
 * </pre>
 *
 * The only layer that repeats a question. Without a number of tries it never gives a model up that does not answer: one that is away for a night delays the
 * grades and changes none of them. After some failures in a row the breaker opens: then one question at a time tries whether
 * the model is back, and the others wait without asking. A model that answers, but says that it will not grade, is asked a
 * question some times; after that its word holds, and further questions are asked once each until one is answered. What is wrong
 * is said by {@link #trouble()}.
 */
public final class Patience {

    private static final System.Logger LOG = System.getLogger(Patience.class.getName());
    private static final double JITTER = 0.25;
    private static final int FOR_EVER = -1;
    /** A question may wait for its turn under a rate limit as long as it likes. */
    private static final Duration ANY_TIME = Duration.ofDays(365);

    private final String asked;
    private final Duration timeout;
    private final boolean endless;
    private final FailsafeExecutor<Object> severalTries;
    private final FailsafeExecutor<Object> oneTry;
    private volatile Optional<Trouble> trouble = Optional.empty();
    private volatile Runnable onTrouble = () -> {};

    /**
     * Asks nothing yet.
     *
     * @param asked role and name of the model, for messages: {@code judge 'llama3'}
     * @param timeout how long one answer may take
     * @param onRetry done at each repetition
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
        // The client's own time-out ends with the headers; this one also ends a body that never comes.
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

    /** Does this whenever the model stops to answer. */
    public void onTrouble(Runnable doing) {
        onTrouble = doing;
    }

    /** Why it gives no answer; empty while it does. */
    public Optional<Trouble> trouble() {
        return trouble;
    }

    /**
     * The answer. Without a number of tries it ends early only when its thread is interrupted.
     *
     * @throws ModelUnavailableException if the model has not answered in so many tries as it has
     * @throws ModelRefusesException if the model has refused the question as often as it is asked
     * @throws QuestionRefusedException as the question does
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
        } catch (TimeoutExceededException | CircuitBreakerOpenException e) { // after as many tries as there are
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
            return; // what opened it, or made it refuse, has been said
        }
        note(Trouble.Kind.AWAY, failure instanceof TimeoutExceededException ? late() : failure.getMessage());
    }

    private String late() {
        return asked + " did not answer within " + timeout.toMillis() + " ms";
    }

    private synchronized void note(Trouble.Kind kind, String reason) {
        Optional<Trouble> known = trouble.filter(now -> now.kind() == kind);
        if (known.filter(now -> now.reason().equals(reason)).isEmpty()) { // said once, not at every repetition
            LOG.log(System.Logger.Level.WARNING, () -> reason + (kind == Trouble.Kind.AWAY
                    ? (endless ? "; it is asked again until it answers" : "; it is asked again")
                    : "; its questions count as refused until it answers"));
        }
        trouble = Optional.of(new Trouble(kind, reason, known.map(Trouble::since).orElseGet(Instant::now)));
        if (kind == Trouble.Kind.AWAY && known.isEmpty()) {
            onTrouble.run();
        }
    }
}
