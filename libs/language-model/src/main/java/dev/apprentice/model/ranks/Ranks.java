package dev.apprentice.model.ranks;

import ai.djl.ndarray.NDArray;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * The processes that train one model together, data parallel: each has all weights and learns its share of a step's rows. Every
 * rank calls the same methods in the same order; each call waits for the other ranks. For one thread at a time.
 */
public interface Ranks {

    /** A process that trains by itself. */
    Ranks ALONE = new Alone();

    /** Which of the ranks this process is, from 0. */
    int rank();

    /** How many ranks there are, at least 1. */
    int size();

    /**
     * Replaces a tensor by its sum over all ranks, the same bytes at each.
     *
     * @param flat 1 dimension, float32 or float64, of one size at all ranks
     */
    void sum(NDArray flat);

    /** Sums over all ranks, the same at each. @param numbers as many at each rank */
    double[] sum(double... numbers);

    /**
     * One rank's message, at every rank. The others wait for it no longer than for anything else: one that has nothing to send yet
     * says so.
     *
     * @param message counts at that rank only
     * @param from the rank that sends it
     */
    byte[] broadcast(byte[] message, int from);

    /** Waits for something that other ranks take part in, such as sums that were queued on a graphics card. */
    default <T> T awaiting(Supplier<T> wait) {
        return wait.get();
    }

    /** Ends all ranks at once, without tidying up. For a rank that cannot keep step with the others any more. */
    void abort();

    /** Where this rank runs, for messages. */
    String host();

    /**
     * Does this rank's part of something that is done by all or by none.
     *
     * @return what this rank's part returned, once the parts of all ranks are done
     * @throws RankFailedException if the part of some rank failed, with that rank and its reason. Rank 0 throws its own
     *     failure as it is: it is the one that decides what follows
     */
    default <T> T together(Supplier<T> part) {
        T result = null;
        Throwable failure = null;
        try {
            result = part.get();
        } catch (RuntimeException | Error e) { // of any kind: the others must not wait for ever
            failure = e;
        }
        double[] failed = new double[size()];
        failed[rank()] = failure == null ? 0 : 1;
        failed = sum(failed);
        for (int rank = 0; rank < failed.length; rank++) {
            if (failed[rank] > 0) {
                String reason = failure == null ? "" : "rank " + rank + " of " + size() + ", on " + host() + ", failed: " + sentence(failure);
                String first = new String(broadcast(reason.getBytes(StandardCharsets.UTF_8), rank), StandardCharsets.UTF_8);
                if (rank() == 0 && failure instanceof RuntimeException own) {
                    throw own;
                }
                if (rank() == 0 && failure instanceof Error own) {
                    throw own;
                }
                throw new RankFailedException(first, failure);
            }
        }
        return result;
    }

    private static String sentence(Throwable failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
