package dev.apprentice.cli.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Runs several workloads in turns, so a machine that slows down or gets busy affects all of them alike. */
public final class Rounds {

    private static final double NANOS = 1e9;

    private final int warmUps;
    private final int repetitions;
    private final LongSupplier nanoTime;

    /**
     * Sets how often each workload runs.
     *
     * @param warmUps rounds that are not counted, for compilers and caches
     * @param repetitions rounds that are counted, at least 1
     */
    public Rounds(int warmUps, int repetitions) {
        this(warmUps, repetitions, System::nanoTime);
    }

    Rounds(int warmUps, int repetitions, LongSupplier nanoTime) {
        if (repetitions < 1) {
            throw new IllegalArgumentException("there must be at least 1 repetition, not " + repetitions);
        }
        this.warmUps = warmUps;
        this.repetitions = repetitions;
        this.nanoTime = nanoTime;
    }

    /** Runs all rounds and returns a measurement for each workload, in their order. */
    public List<Measurement> measure(List<Workload> workloads) {
        List<List<Double>> rates = workloads.stream().map(workload -> (List<Double>) new ArrayList<Double>()).toList();
        for (int round = 0; round < warmUps + repetitions; round++) {
            for (int i = 0; i < workloads.size(); i++) {
                double rate = rate(workloads.get(i));
                if (round >= warmUps) {
                    rates.get(i).add(rate);
                }
            }
        }
        List<Measurement> measurements = new ArrayList<>();
        for (int i = 0; i < workloads.size(); i++) {
            measurements.add(new Measurement(workloads.get(i).name(), workloads.get(i).unit(), rates.get(i)));
        }
        return measurements;
    }

    private double rate(Workload workload) {
        long start = nanoTime.getAsLong();
        double done = workload.work().getAsDouble();
        return done * NANOS / (nanoTime.getAsLong() - start);
    }
}
