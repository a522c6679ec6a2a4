package dev.apprentice.dataset.datasets.reading;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;

/**
 * What was left out of data because that was asked for.
 *
 * @param rows how many were left out by the {@code filter} and by the {@code sample}
 * @param masked how many of each kind of personal data were replaced
 */
public record Omissions(
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Integer> rows,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Integer> masked) {

    /** Nothing. */
    public static final Omissions NONE = new Omissions(Map.of(), Map.of());

    public Omissions {
        rows = rows == null ? Map.of() : Map.copyOf(rows);
        masked = masked == null ? Map.of() : Map.copyOf(masked);
    }
}
