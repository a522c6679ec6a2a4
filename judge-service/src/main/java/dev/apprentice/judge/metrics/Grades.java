package dev.apprentice.judge.metrics;

import java.util.List;
import java.util.Map;

/**
 * The metrics of one response.
 *
 * @param metrics its values by name
 * @param statistics the rows that figures of the whole exam are added up from, by name
 */
public record Grades(Map<String, Double> metrics, Map<String, List<Double>> statistics) {}
