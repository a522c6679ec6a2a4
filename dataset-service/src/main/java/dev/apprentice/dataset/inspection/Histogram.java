package dev.apprentice.dataset.inspection;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;

/**
 * Counts lengths in bins of equal width, which is 1, 2 or 5 times a power of ten. There are at most {@value #MOST} bins, and
 * fewer for few examples, so most bins have some.
 */
final class Histogram {

    private static final int MOST = 20;

    private Histogram() {}

    /**
     * A bin of lengths.
     *
     * @param to inclusive
     */
    public record Part(int from, int to, int count) {}

    /** Returns the bins. @param counts how many examples have each length, at least one */
    static List<Part> of(NavigableMap<Integer, Integer> counts) {
        int all = counts.values().stream().mapToInt(Integer::intValue).sum();
        int most = Math.min(MOST, 2 * (int) Math.ceil(Math.sqrt(all)));
        int width = width(counts.firstKey(), counts.lastKey(), most);
        List<Part> parts = new ArrayList<>();
        for (int from = counts.firstKey() / width * width; from <= counts.lastKey(); from += width) {
            int of = counts.subMap(from, from + width).values().stream().mapToInt(Integer::intValue).sum();
            parts.add(new Part(from, from + width - 1, of));
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
