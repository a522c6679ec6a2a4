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

    /** Those of a checkpoint that a query asks for, one page of them; an unknown checkpoint has none. */
    ResponsePage page(String run, int step, ResponseQuery query);

    /** All of a checkpoint, in the exam's order. */
    List<ScoredResponse> of(String run, int step);

    /** The one answer of a checkpoint to one example; empty where it has not answered. */
    Optional<ScoredResponse> find(String run, int step, String example);

    /** Shows every score that waits for judges, by its key {@code run/step/example}. */
    void forEachAwaited(BiConsumer<String, AwaitedScore> seen);
}
