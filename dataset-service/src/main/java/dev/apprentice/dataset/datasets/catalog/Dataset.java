package dev.apprentice.dataset.datasets.catalog;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.apprentice.dataset.datasets.download.WebAddress;
import java.time.Instant;
import java.util.Map;

/**
 * What is known of a dataset.
 *
 * @param name its name
 * @param version counted from 1, one more whenever its examples change
 * @param digest {@code sha256:} and the hexadecimal digest of its examples as kept
 * @param examples how many there are
 * @param duplicates how many of them say the same as an earlier one
 * @param source where they came from: {@code upload}, an address, or a topic
 * @param updatedAt when they last changed
 * @param ignoredFields fields of uploaded examples that say something and are not learned, and how many examples have each
 */
public record Dataset(
        String name, int version, String digest, int examples, int duplicates, String source, Instant updatedAt,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Integer> ignoredFields) {

    /** What an earlier version kept of an address may hold a password. */
    public Dataset {
        source = WebAddress.shown(source);
        ignoredFields = ignoredFields == null ? Map.of() : Map.copyOf(ignoredFields);
    }
}
