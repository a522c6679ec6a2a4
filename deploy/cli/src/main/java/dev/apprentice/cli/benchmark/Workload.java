package dev.apprentice.cli.benchmark;

import java.util.function.DoubleSupplier;

/**
 * A piece of work whose speed is measured.
 *
 * @param name as it stands in the table
 * @param unit what is counted, such as {@code tokens}
 * @param work does it once, and says how many of the unit it came to
 */
public record Workload(String name, String unit, DoubleSupplier work) {}
