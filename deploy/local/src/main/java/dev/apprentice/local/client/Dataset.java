package dev.apprentice.local.client;

import java.util.Map;
import java.util.TreeMap;

/**
 * What dataset-service knows of a dataset.
 *
 * @param name its name
 * @param version counted from 1, one more whenever its examples change
 * @param examples how many there are
 * @param duplicates how many of them say the same as an earlier one
 * @param ignoredFields fields that say something and are not learned, and how many examples have each
 */
public record Dataset(String name, int version, int examples, int duplicates, Map<String, Integer> ignoredFields) {

    public Dataset {
        ignoredFields = ignoredFields == null ? Map.of() : new TreeMap<>(ignoredFields);
    }

    /** What a person should know of it. */
    public String inWords() {
        String words = "Dataset " + name + " has " + examples + " examples"
                + (duplicates == 0 ? "." : ", of which " + duplicates + " say the same as an earlier one.");
        return ignoredFields.isEmpty() ? words : words + " " + IgnoredFields.inWords(ignoredFields);
    }
}
