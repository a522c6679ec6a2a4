package dev.apprentice.dataset.batches;

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

    /** The same places in grouped order; the same seed and epoch give the same one. */
    int[] group(int[] shuffled, long seed, int epoch) {
        int[] grouped = shuffled.clone();
        int inFullBatches = shuffled.length / batchSize * batchSize;
        int batches = Math.max(1, (window + batchSize - 1) / batchSize);
        for (int begin = 0; begin < inFullBatches; begin += batches * batchSize) {
            int end = Math.min(begin + batches * batchSize, inFullBatches);
            int[] sorted = sorted(shuffled, begin, end);
            int[] order = Shuffle.order((end - begin) / batchSize, seed + begin, epoch);
            for (int batch = 0; batch < order.length; batch++) {
                System.arraycopy(sorted, order[batch] * batchSize, grouped, begin + batch * batchSize, batchSize);
            }
        }
        return grouped;
    }

    private int[] sorted(int[] rows, int begin, int end) {
        int[] lengths = Arrays.stream(rows, begin, end).map(length).toArray();
        return IntStream.range(0, lengths.length)
                .boxed()
                .sorted(Comparator.comparingInt(place -> lengths[place]))
                .mapToInt(place -> rows[begin + place])
                .toArray();
    }
}
