package dev.apprentice.model.hub.retry;

import java.io.IOException;
import java.time.Duration;

/**
 * How often and when to retry: with exponential backoff, or when the server asks for it.
 *
 * @param attempts the most attempts without progress
 * @param first the first wait, doubled each time
 * @param longest the longest wait, unless the server asks for more
 * @param sleeper passes the time
 */
public record RetryPolicy(int attempts, Duration first, Duration longest, Sleeper sleeper) {

    private static final System.Logger LOG = System.getLogger(RetryPolicy.class.getName());

    public static final RetryPolicy USUAL = new RetryPolicy(6, Duration.ofSeconds(1), Duration.ofSeconds(8), Sleeper.SLEEP);

    /** The longest Retry-After to accept; a server that asks for more counts as unavailable. */
    private static final Duration LONGEST_ASKED_FOR = Duration.ofMinutes(5);

    /**
     * Waits before the next attempt.
     *
     * @param failures number so far, without any progress between them
     * @throws IOException the failure itself, once there were too many
     */
    public void after(int failures, IOException failure) throws IOException, InterruptedException {
        Duration wait = wait(failures, failure);
        if (failures >= attempts || wait.compareTo(LONGEST_ASKED_FOR) > 0) {
            throw failure;
        }
        LOG.log(System.Logger.Level.INFO, "{0}; asked again in {1} s",
                failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage(), wait.toSeconds());
        sleeper.sleep(wait);
    }

    private Duration wait(int failures, IOException failure) {
        if (failure instanceof TransientFailure told && told.retryAfter().isPresent()) {
            return told.retryAfter().get();
        }
        Duration doubled = first.multipliedBy(1L << Math.min(failures - 1, 30));
        return doubled.compareTo(longest) < 0 ? doubled : longest;
    }
}
