package dev.apprentice.dataset.inspection;

import java.util.ArrayList;
import java.util.List;

/**
 * How many examples are how long, in parts of one width, which is 1, 2 or 5 times a power of ten: at most {@value #MOST} parts, and
 * fewer of few examples, so that most parts have some.
 */
final class Histogram {

    private static final int MOST = 20;

    private Histogram() {}

    /**
     * Lengths from one to another.
     *
     * @param to inclusive
     */
    public record Part(int from, int to, int count) {}

    /** @param sorted lengths, at least one */
    static List<Part> of(int[] sorted) {
        int most = Math.min(MOST, 2 * (int) Math.ceil(Math.sqrt(sorted.length)));
        int width = width(sorted[0], sorted[sorted.length - 1], most);
        List<Part> parts = new ArrayList<>();
        int from = sorted[0] / width * width;
        for (int i = 0; i < sorted.length; from += width) {
            int first = i;
            while (i < sorted.length && sorted[i] < from + width) {
                i++;
            }
            parts.add(new Part(from, from + width - 1, i - first));
        }
        return parts;
    }

    private static int width(int shortest, int longest, int most) {
        int power = 1;
        while (true) {
            for (int width : new int[] {power, 2 * power, 5 * power}) {
                if (longest / width - shortest / width < most) {
                    return width;
                }
            }
            power *= 10;
        }
    }
}
