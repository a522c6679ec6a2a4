package dev.apprentice.judge.responses;

import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * Every response of every checkpoint, each with its score once it has one.
 *
 * <p>All methods throw {@link ResponsesNotReadyException} while the responses are still being read in.
 */
public interface ScoredResponses {

    /** Returns one page of the checkpoint's responses that match a query; an unknown checkpoint has none. */
    ResponsePage page(String run, int step, ResponseQuery query);

    /** Returns all responses of a checkpoint, in the exam's order. */
    List<ScoredResponse> of(String run, int step);

    /** Returns a checkpoint's response to one example; empty if it has not answered. */
    Optional<ScoredResponse> find(String run, int step, String example);

    /** Passes every score that waits for judges to {@code seen}, with its key {@code run/step/example}. */
    void forEachAwaited(BiConsumer<String, AwaitedScore> seen);
}
