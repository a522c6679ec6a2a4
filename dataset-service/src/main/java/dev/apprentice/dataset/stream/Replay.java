package dev.apprentice.dataset.stream;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Chooses the rows of a batch that repeat learned ones.
 *
 * <p>The share holds over the sequence of batches, not in each: with 0.3 of 4 rows, the batches repeat 1, 1, 1, 1, 2 rows, and so
 * on. Every batch has at least one new row; a batch of one row repeats nothing. The draws come from {@link SplittableRandom}
 * seeded with {@code seed + batch}. They depend only on the seed, the batch and the number of learned rows.
 *
 * @param share of all rows, 0 (inclusive) to 1 (exclusive)
 * @param batchSize rows of a full batch
 * @param seed of the draws
 */
record Replay(double share, int batchSize, long seed) {

    /** Returns how many rows a full batch repeats, at most as many as were learned. */
    int rows(long batch, long learned) {
        double perBatch = share * batchSize;
        long due = (long) Math.floor((batch + 1) * perBatch) - (long) Math.floor(batch * perBatch);
        return (int) Math.min(Math.min(due, batchSize - 1), learned);
    }

    /** Returns how many rows a partial batch with this number of new rows repeats, in proportion. */
    int rows(long batch, long learned, int newRows) {
        long inProportion = (long) Math.floor(newRows * share / (1 - share));
        return (int) Math.min(rows(batch, learned), inProportion);
    }

    /** Draws distinct places among the learned rows. */
    Set<Long> draw(long batch, int rows, long learned) {
        SplittableRandom random = new SplittableRandom(seed + batch);
        Set<Long> places = new LinkedHashSet<>();
        while (places.size() < rows) {
            places.add(random.nextLong(learned));
        }
        return places;
    }
}
