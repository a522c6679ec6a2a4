package dev.apprentice.model.ranks;

import ai.djl.ndarray.NDArray;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/**
 * The processes that train one model together, data parallel: each has all weights and learns its share of a step's rows. Every
 * rank calls the methods in one order, and each call waits for the other ranks. Not thread-safe.
 */
public interface Ranks {

    /** A process that trains by itself. */
    Ranks ALONE = new Alone();

    /** Returns this process's rank, from 0. */
    int rank();

    /** Returns the number of ranks, at least 1. */
    int size();

    /**
     * Replaces a tensor with its sum over all ranks; all get equal bytes.
     *
     * @param flat 1 dimension, float32 or float64, of one size on all ranks
     */
    void sum(NDArray flat);

    /**
     * Returns sums over all ranks; all get equal sums.
     *
     * @param numbers equally many on each rank
     */
    double[] sum(double... numbers);

    /**
     * Returns one rank's message on every rank. The others wait no longer than usual, so a rank with nothing to send yet must send
     * a message that says so.
     *
     * @param message only that of the sending rank counts
     * @param from the rank that sends
     */
    byte[] broadcast(byte[] message, int from);

    /** Waits for an operation that other ranks take part in, such as a sum that was queued on a graphics card. */
    default <T> T awaiting(Supplier<T> wait) {
        return wait.get();
    }

    /** Ends all ranks at once, without cleaning up. For a rank that can no longer keep in step with the others. */
    void abort();

    /** Returns the name of this rank's machine, for messages. */
    String host();

    /**
     * Does this rank's part of a task that succeeds on all ranks or fails on all.
     *
     * @return the result of this rank's part, once the parts of all ranks are done
     * @throws RankFailedException if a rank's part failed, naming that rank and its reason. Rank 0 throws its own failure
     *     unchanged, because it decides what follows
     */
    default <T> T together(Supplier<T> part) {
        T result = null;
        Throwable failure = null;
        try {
            result = part.get();
        } catch (RuntimeException | Error e) { // errors too: the other ranks must not wait for ever
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
