package dev.apprentice.dataset.datasets.reading;

import dev.apprentice.dataset.datasets.example.Example;
import java.util.Map;
import java.util.Optional;

/**
 * What data turned out to hold.
 *
 * @param accepted entries that became examples
 * @param rejected entries that did not
 * @param layouts how many of the accepted were laid out how, for people
 * @param ignored what they say beside what is learned
 * @param first the first example
 * @param omissions what was left out because that was asked for
 */
public record ReadingResult(
        int accepted, int rejected, Map<String, Integer> layouts, IgnoredFields ignored, Optional<Example> first, Omissions omissions) {}
