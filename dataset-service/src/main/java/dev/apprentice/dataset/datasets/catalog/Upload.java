package dev.apprentice.dataset.datasets.catalog;

import dev.apprentice.dataset.datasets.download.Incoming;
import dev.apprentice.dataset.datasets.reading.ReadSettings;

/**
 * Data that is to become a dataset.
 *
 * @param data files of any format that {@link dev.apprentice.dataset.datasets.format.DataFiles} knows
 * @param source where it comes from, for people
 * @param settings how it is to be read
 */
public record Upload(Incoming data, String source, ReadSettings settings) {}
