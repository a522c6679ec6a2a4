package dev.apprentice.dataset.batches;

import dev.apprentice.dataset.table.Longs;
import java.util.Arrays;
import java.util.Comparator;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Puts rows of similar length into the same batch without putting short rows before long ones. Within each window of the shuffled
 * order, rows are sorted by length and cut into batches; then the batches are shuffled.
 *
 * <pre>
 * window 4, batch size 2
 * shuffled lengths   9 3 8 2 | 5 7 6 4
 * grouped            8 9 2 3 | 4 5 6 7
 * </pre>
 *
 * <p>Rows at the end that do not fill a batch stay where the shuffle put them. If they were sorted too, every epoch would leave
 * out the longest rows.
 *
 * @param window rows sorted together; rounded up to a whole number of batches, at least one
 * @param batchSize rows in a batch
 * @param length of a row
 */
record LengthGroups(int window, int batchSize, IntUnaryOperator length) {

    /**
     * Groups an order in place, deterministically by seed and epoch.
     *
     * @param order of {@code rows} rows, already shuffled
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
