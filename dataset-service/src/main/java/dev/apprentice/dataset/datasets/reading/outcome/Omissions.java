package dev.apprentice.dataset.datasets.reading.outcome;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import java.util.Map;

/**
 * What was left out of data by request, what was read differently from how it is written, and which requested fields are missing.
 *
 * @param rows how many rows the {@code filter} and the {@code sample} left out
 * @param masked how many of each kind of personal data were replaced
 * @param asText by field, in how many entries a number or boolean was read as text
 * @param absent a sentence for each requested field that no entry has
 */
public record Omissions(
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Integer> rows,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Integer> masked,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, Integer> asText,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) List<String> absent) {

    public static final Omissions NONE = new Omissions(Map.of(), Map.of(), Map.of(), List.of());

    public Omissions {
        rows = rows == null ? Map.of() : Map.copyOf(rows);
        masked = masked == null ? Map.of() : Map.copyOf(masked);
        asText = asText == null ? Map.of() : Map.copyOf(asText);
        absent = absent == null ? List.of() : List.copyOf(absent);
    }
}
