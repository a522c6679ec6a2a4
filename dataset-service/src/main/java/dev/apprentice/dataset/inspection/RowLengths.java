package dev.apprentice.dataset.inspection;

import dev.apprentice.dataset.batches.RunFormat;
import dev.apprentice.dataset.batches.RunFormat.Fit;
import dev.apprentice.dataset.inspection.Inspection.Lengths;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/** Counts rows by their length. */
final class RowLengths {

    private final NavigableMap<Integer, Integer> counts = new TreeMap<>();
    private int measured;
    private int tooLong;
    private int leftOut;

    void add(Fit row) {
        counts.merge(row.length(), 1, Integer::sum);
        measured++;
        tooLong += row.tooLong() ? 1 : 0;
        leftOut += row.leftOut() ? 1 : 0;
    }

    /**
     * Returns the shortest, median, 95th percentile and longest length; there must be at least one row.
     *
     * @param format by which they were counted, in tokens; empty if they are in characters
     */
    Lengths summary(Optional<RunFormat> format) {
        return new Lengths(format.isPresent() ? "tokens" : "characters", counts.firstKey(), at((measured - 1) / 2),
                at((int) Math.ceil(0.95 * measured) - 1), counts.lastKey(), format.map(RunFormat::maxLength), tooLong, leftOut,
                Histogram.of(counts));
    }

    /** Returns the length at a place. @param place among all lengths in ascending order, from 0 */
    private int at(int place) {
        int behind = 0;
        for (Map.Entry<Integer, Integer> length : counts.entrySet()) {
            behind += length.getValue();
            if (behind > place) {
                return length.getKey();
            }
        }
        throw new IllegalArgumentException("place " + place + " of " + measured);
    }
}
