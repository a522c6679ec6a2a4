package dev.apprentice.dataset.datasets.catalog;

import dev.apprentice.dataset.datasets.reading.Reading;

/**
 * What was put into a dataset as a whole.
 *
 * @param source where it came from, for people
 * @param reading what it held
 * @param recipe how it was read
 */
record Contents(String source, Reading reading, Recipe recipe) {}
