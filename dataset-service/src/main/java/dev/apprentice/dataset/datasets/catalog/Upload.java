package dev.apprentice.dataset.datasets.catalog;

import dev.apprentice.dataset.datasets.download.Incoming;
import dev.apprentice.dataset.datasets.reading.ReadSettings;

/**
 * Data to make a dataset from.
 *
 * @param data files of any format that {@link dev.apprentice.dataset.datasets.format.DataFiles} knows
 * @param source where it comes from, for people
 * @param settings how to read it
 */
public record Upload(Incoming data, String source, ReadSettings settings) {}
