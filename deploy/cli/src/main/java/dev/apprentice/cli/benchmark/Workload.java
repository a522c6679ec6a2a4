package dev.apprentice.cli.benchmark;

import java.util.function.DoubleSupplier;

/**
 * A piece of work whose speed is measured.
 *
 * @param name its name in the table
 * @param unit what is counted, such as {@code tokens}
 * @param work does the work once and returns how many units that was
 */
public record Workload(String name, String unit, DoubleSupplier work) {}
