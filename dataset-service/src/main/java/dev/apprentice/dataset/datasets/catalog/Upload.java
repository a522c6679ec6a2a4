package dev.apprentice.dataset.datasets.catalog;

import dev.apprentice.dataset.datasets.example.ReadSettings;
import java.io.InputStream;

/**
 * Data that is to become a dataset.
 *
 * @param bytes of any format that {@link dev.apprentice.dataset.datasets.format.DataFiles} knows
 * @param source where they come from, for people
 * @param file the name of the file they are; may be empty
 * @param settings how they are to be read
 */
public record Upload(InputStream bytes, String source, String file, ReadSettings settings) {}
