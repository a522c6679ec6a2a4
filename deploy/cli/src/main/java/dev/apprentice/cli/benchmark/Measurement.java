package dev.apprentice.cli.benchmark;

import java.util.Arrays;
import java.util.List;

/**
 * How fast a workload was in each repetition.
 *
 * @param name the workload's name
 * @param unit what was counted
 * @param rates units a second, one for each repetition; at least one
 */
public record Measurement(String name, String unit, List<Double> rates) {

    /** Returns the median rate, which a single interruption by another program does not move. */
    public double median() {
        double[] sorted = rates.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    public double slowest() {
        return Arrays.stream(array()).min().orElseThrow();
    }

    public double fastest() {
        return Arrays.stream(array()).max().orElseThrow();
    }

    private double[] array() {
        return rates.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
