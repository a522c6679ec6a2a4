package dev.apprentice.chat;

import java.time.Duration;
import java.util.Optional;

/**
 * What is done when a model gives no answer.
 *
 * @param delay the wait before the first repetition; each further one is twice as long
 * @param maxDelay the longest wait between two repetitions
 * @param breakerAfter failures in a row after which a model is asked one question at a time, with the longest wait between two
 * @param refusals how often a question is asked whose server says that it gives no answer
 * @param tries how often a question is asked that is not answered; empty for as long as it takes
 * @param ratePerMinute questions in a minute at most; empty for as many as it answers
 */
public record Retries(
        Duration delay,
        Duration maxDelay,
        int breakerAfter,
        int refusals,
        Optional<Integer> tries,
        Optional<Integer> ratePerMinute) {}
