package dev.apprentice.chat;

import java.time.Duration;
import java.util.Optional;

/**
 * The retry policy for a model that gives no answer.
 *
 * @param delay the wait before the first retry; it doubles with each further retry
 * @param maxDelay the longest wait between two retries
 * @param breakerAfter failures in a row after which the model is asked one question at a time, {@code maxDelay} apart
 * @param refusals how often a question is asked if the server refuses it
 * @param tries how often a question is asked if it is not answered; empty for no limit
 * @param ratePerMinute the most questions per minute; empty for no limit
 */
public record Retries(
        Duration delay,
        Duration maxDelay,
        int breakerAfter,
        int refusals,
        Optional<Integer> tries,
        Optional<Integer> ratePerMinute) {}
