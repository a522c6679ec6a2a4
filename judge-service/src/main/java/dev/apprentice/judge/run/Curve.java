package dev.apprentice.judge.run;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A curve of figures over steps in bounded space: a run of a million steps needs no more than one of a thousand.
 *
 * <p>Points are grouped in buckets of {@code stride} steps, a power of two, and a bucket holds the mean of its points. When there
 * are too many buckets, the stride doubles and neighbouring buckets are merged, so equal points always give the same curve. With
 * capacity 4:
 *
 * <pre>
 * steps 1 2 3       stride 1:  [1] [2] [3]
 * step 8 comes      stride 4:  [1 2 3] [8]
 * </pre>
 *
 * Not thread-safe.
 */
final class Curve {

    private final int capacity;
    private final int columns;
    private final List<Bucket> buckets = new ArrayList<>();
    private int stride = 1;

    /**
     * @param capacity the most buckets, at least 2
     * @param columns the number of figures of a point
     */
    Curve(int capacity, int columns) {
        this.capacity = capacity;
        this.columns = columns;
    }

    /**
     * Adds a point, unless the curve already contains its step or a later one: a resumed run repeats steps that it has reported.
     *
     * @param values one figure for each column; NaN for a missing one
     * @return whether it was added
     */
    boolean add(int step, long tokensSeen, double... values) {
        Bucket last = buckets.isEmpty() ? null : buckets.get(buckets.size() - 1);
        if (last != null && step <= last.step) {
            return false;
        }
        if (last == null || last.step / stride != step / stride) {
            last = new Bucket(columns);
            buckets.add(last);
        }
        last.add(step, tokensSeen, values);
        while (buckets.size() > capacity) {
            halve();
        }
        return true;
    }

    private void halve() {
        stride *= 2;
        List<Bucket> merged = new ArrayList<>();
        for (Bucket bucket : buckets) {
            Bucket last = merged.isEmpty() ? null : merged.get(merged.size() - 1);
            if (last != null && last.step / stride == bucket.step / stride) {
                last.add(bucket);
            } else {
                merged.add(bucket);
            }
        }
        buckets.clear();
        buckets.addAll(merged);
    }

    boolean isEmpty() {
        return buckets.isEmpty();
    }

    /** Returns how many steps share a point. */
    int stride() {
        return stride;
    }

    /** Returns the last step of each bucket. */
    int[] steps() {
        return buckets.stream().mapToInt(bucket -> bucket.step).toArray();
    }

    /** Returns the number of tokens seen at those steps. */
    long[] tokensSeen() {
        return buckets.stream().mapToLong(bucket -> bucket.tokensSeen).toArray();
    }

    /** Returns the mean of one figure in each bucket; null if none of its points had it. */
    List<Double> column(int column) {
        return buckets.stream().map(bucket -> bucket.mean(column)).toList();
    }

    /** The points of one range of steps. */
    private static final class Bucket {

        private final double[] sums;
        private final int[] counts;
        private int step;
        private long tokensSeen;

        Bucket(int columns) {
            sums = new double[columns];
            counts = new int[columns];
        }

        void add(int step, long tokensSeen, double[] values) {
            this.step = step;
            this.tokensSeen = tokensSeen;
            for (int column = 0; column < values.length; column++) {
                if (Double.isFinite(values[column])) {
                    sums[column] += values[column];
                    counts[column]++;
                }
            }
        }

        void add(Bucket later) {
            step = later.step;
            tokensSeen = later.tokensSeen;
            Arrays.setAll(sums, column -> sums[column] + later.sums[column]);
            Arrays.setAll(counts, column -> counts[column] + later.counts[column]);
        }

        Double mean(int column) {
            return counts[column] == 0 ? null : sums[column] / counts[column];
        }
    }
}
