package dev.apprentice.dataset.stream;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * Which rows of a batch repeat what was learned before.
 *
 * <p>The share is kept over the batches, not in each: with 0.3 of 4 rows, the batches repeat 1, 1, 1, 1, 2 rows, and so on.
 * Every batch has at least one new row; a batch of one row repeats nothing. The draws come from {@link SplittableRandom}
 * seeded with {@code seed + batch}, so that they depend on nothing but the seed, the batch, and what was learned.
 *
 * @param share of all rows, 0 (inclusive) to 1 (exclusive)
 * @param batchSize rows of a full batch
 * @param seed of the draws
 */
record Replay(double share, int batchSize, long seed) {

    /** How many rows a full batch repeats; fewer where less was learned. */
    int rows(long batch, long learned) {
        double perBatch = share * batchSize;
        long due = (long) Math.floor((batch + 1) * perBatch) - (long) Math.floor(batch * perBatch);
        return (int) Math.min(Math.min(due, batchSize - 1), learned);
    }

    /** How many rows a batch repeats that lingered and holds so many new rows: in proportion. */
    int rows(long batch, long learned, int newRows) {
        long inProportion = (long) Math.floor(newRows * share / (1 - share));
        return (int) Math.min(rows(batch, learned), inProportion);
    }

    /** So many different places among those learned. */
    Set<Long> draw(long batch, int rows, long learned) {
        SplittableRandom random = new SplittableRandom(seed + batch);
        Set<Long> places = new LinkedHashSet<>();
        while (places.size() < rows) {
            places.add(random.nextLong(learned));
        }
        return places;
    }
}
