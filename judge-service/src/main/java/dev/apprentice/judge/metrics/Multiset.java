package dev.apprentice.judge.metrics;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A multiset: elements with the number of times that they occur.
 *
 * @param counts how often each element occurs, at least once
 * @param size the number of elements, repetitions included
 */
record Multiset(Map<Object, Integer> counts, int size) {

    static Multiset of(List<?> things) {
        Map<Object, Integer> counts = new HashMap<>();
        things.forEach(thing -> counts.merge(thing, 1, Integer::sum));
        return new Multiset(counts, things.size());
    }

    /** Returns the n-grams of a list: all runs of {@code n} neighbours. A shorter list has none. */
    static Multiset ofNeighbours(List<?> things, int n) {
        Map<Object, Integer> counts = new HashMap<>();
        int size = Math.max(0, things.size() - n + 1);
        for (int start = 0; start < size; start++) {
            counts.merge(things.subList(start, start + n), 1, Integer::sum);
        }
        return new Multiset(counts, size);
    }

    /** Returns the size of the intersection. */
    int common(Multiset other) {
        int common = 0;
        for (Map.Entry<Object, Integer> entry : counts.entrySet()) {
            common += Math.min(entry.getValue(), other.counts.getOrDefault(entry.getKey(), 0));
        }
        return common;
    }
}
