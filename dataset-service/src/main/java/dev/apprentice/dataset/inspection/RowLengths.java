package dev.apprentice.dataset.inspection;

import dev.apprentice.dataset.batches.RunFormat;
import dev.apprentice.dataset.batches.RunFormat.Fit;
import dev.apprentice.dataset.inspection.Inspection.Lengths;
import java.util.Arrays;
import java.util.Optional;

/** How long the rows of all examples are: 4 bytes an example. */
final class RowLengths {

    private static final int FIRST = 1_000;

    private int[] lengths = new int[FIRST];
    private int measured;
    private int tooLong;
    private int leftOut;

    void add(Fit row) {
        if (measured == lengths.length) {
            lengths = Arrays.copyOf(lengths, 2 * measured);
        }
        lengths[measured++] = row.length();
        tooLong += row.tooLong() ? 1 : 0;
        leftOut += row.leftOut() ? 1 : 0;
    }

    /**
     * The shortest, the longest, and what lies between; of one row at least.
     *
     * @param format by which they were counted, in tokens; empty where they are characters
     */
    Lengths summary(Optional<RunFormat> format) {
        int[] sorted = Arrays.copyOf(lengths, measured);
        Arrays.sort(sorted);
        return new Lengths(format.isPresent() ? "tokens" : "characters", sorted[0], sorted[(measured - 1) / 2],
                sorted[(int) Math.ceil(0.95 * measured) - 1], sorted[measured - 1], format.map(RunFormat::maxLength), tooLong, leftOut,
                Histogram.of(sorted));
    }
}
