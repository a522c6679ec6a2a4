package dev.apprentice.lab.soak;

import java.util.List;

/**
 * The level that figures have settled on.
 *
 * @param level their median
 * @param lowest the lowest of them
 * @param highest the highest of them
 */
record Plateau(double level, double lowest, double highest) {

    /** Computes the plateau. @param figures at least one */
    static Plateau of(List<Double> figures) {
        List<Double> sorted = figures.stream().sorted().toList();
        return new Plateau(sorted.get(sorted.size() / 2), sorted.get(0), sorted.get(sorted.size() - 1));
    }

    /** Returns the largest distance from the level, as a share of it. */
    double furthest() {
        return Math.max(highest - level, level - lowest) / level;
    }
}
