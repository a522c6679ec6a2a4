package dev.apprentice.dataset.batches;

import dev.apprentice.dataset.table.Longs;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Puts rows of like length into the same batch without putting short ones before long ones: within each window of the
 * shuffled order rows are sorted by length and cut into batches, and the batches are shuffled.
 *
 * <pre>
 * window 4, batch size 2
 * shuffled lengths   9 3 8 2 | 5 7 6 4
 * grouped            8 9 2 3 | 4 5 6 7
 * </pre>
 *
 * <p>What does not fill a batch stays where the shuffle put it, at the end: otherwise the longest rows would be those that
 * are left out of every epoch.
 *
 * @param window rows looked at together; taken as a whole number of batches, at least one
 * @param batchSize rows in a batch
 * @param length of a row
 */
record LengthGroups(int window, int batchSize, IntUnaryOperator length) {

    /**
     * Groups an order; the same seed and epoch give the same one.
     *
     * @param order of {@code rows} rows, as it was shuffled
     */
    void group(Longs order, int rows, long seed, int epoch) {
        int inFullBatches = rows / batchSize * batchSize;
        int batches = Math.max(1, (window + batchSize - 1) / batchSize);
        for (int begin = 0; begin < inFullBatches; begin += batches * batchSize) {
            int end = Math.min(begin + batches * batchSize, inFullBatches);
            int[] sorted = sorted(order, begin, end);
            int[] shuffled = Shuffle.order((end - begin) / batchSize, seed + begin, epoch);
            for (int i = 0; i < sorted.length; i++) {
                order.set(begin + i, sorted[shuffled[i / batchSize] * batchSize + i % batchSize]);
            }
        }
    }

    private int[] sorted(Longs order, int begin, int end) {
        int[] rows = IntStream.range(begin, end).map(place -> (int) order.get(place)).toArray();
        int[] lengths = Arrays.stream(rows).map(length).toArray();
        return IntStream.range(0, rows.length)
                .boxed()
                .sorted(Comparator.comparingInt(place -> lengths[place]))
                .mapToInt(place -> rows[place])
                .toArray();
    }
}
