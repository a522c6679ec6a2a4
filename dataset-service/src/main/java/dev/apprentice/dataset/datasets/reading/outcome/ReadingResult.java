package dev.apprentice.dataset.datasets.reading.outcome;

import dev.apprentice.dataset.datasets.example.Example;
import java.util.Map;
import java.util.Optional;

/**
 * The result of reading data.
 *
 * @param accepted entries that became examples
 * @param rejected entries that did not
 * @param layouts number of accepted entries by layout, for people
 * @param ignored fields that are not learned
 * @param first the first example
 * @param omissions what was left out by request
 */
public record ReadingResult(
        int accepted, int rejected, Map<String, Integer> layouts, IgnoredFields ignored, Optional<Example> first, Omissions omissions) {}
