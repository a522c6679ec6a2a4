package dev.apprentice.dataset.datasets.reading;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;

/**
 * What was left out of data because that was asked for, what was read otherwise than it is written, and what was asked for and is not there.
 *
 * @param rows how many were left out by the {@code filter} and by the {@code sample}
 * @param masked how many of each kind of personal data were replaced
 * @param asText in how many entries a field is a number, or true or false, and was read as text
 * @param absent a sentence for each field that was named and that no entry has
 */
public record Omissions(
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Integer> rows,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Integer> masked,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Integer> asText,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> absent) {

    /** Nothing. */
    public static final Omissions NONE = new Omissions(Map.of(), Map.of(), Map.of(), List.of());

    public Omissions {
        rows = rows == null ? Map.of() : Map.copyOf(rows);
        masked = masked == null ? Map.of() : Map.copyOf(masked);
        asText = asText == null ? Map.of() : Map.copyOf(asText);
        absent = absent == null ? List.of() : List.copyOf(absent);
    }
}
