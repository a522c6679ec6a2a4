package dev.apprentice.judge.report;

import java.util.DoubleSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Means by name, of values added in a fixed order.
 *
 * <p>Floating-point sums depend on the order of their terms; whoever wants the same bits twice adds in the same order.
 */
final class Means {

    private final SortedMap<String, DoubleSummaryStatistics> values = new TreeMap<>();

    void add(String name, double value) {
        values.computeIfAbsent(name, absent -> new DoubleSummaryStatistics()).accept(value);
    }

    /** How many values that name has. */
    int count(String name) {
        return values.containsKey(name) ? (int) values.get(name).getCount() : 0;
    }

    /** The mean of that name; empty where it has no value. */
    Optional<Double> of(String name) {
        return Optional.ofNullable(values.get(name)).map(DoubleSummaryStatistics::getAverage);
    }

    /** Every name's mean. */
    Map<String, Double> all() {
        SortedMap<String, Double> means = new TreeMap<>();
        values.forEach((name, statistics) -> means.put(name, statistics.getAverage()));
        return means;
    }
}
