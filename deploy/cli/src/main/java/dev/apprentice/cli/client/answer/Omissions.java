package dev.apprentice.cli.client.answer;

import dev.apprentice.cli.terminal.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the user's request left out of the data, what was converted to text, and which requested fields do not exist.
 *
 * @param rows how many were left out by the filter and by the sample
 * @param masked how many values of each kind of personal data were replaced
 * @param asText for each field, the number of entries in which it was a number or a boolean and was converted to text
 * @param absent a sentence for each requested field that no entry has
 */
public record Omissions(Map<String, Integer> rows, Map<String, Integer> masked, Map<String, Integer> asText, List<String> absent) {

    public Omissions {
        rows = rows == null ? Map.of() : new TreeMap<>(rows);
        masked = masked == null ? Map.of() : new TreeMap<>(masked);
        asText = asText == null ? Map.of() : new TreeMap<>(asText);
        absent = absent == null ? List.of() : List.copyOf(absent);
    }

    /** Returns sentences for people; empty if there is nothing to report. */
    public Optional<String> inWords() {
        List<String> words = new ArrayList<>();
        rows.forEach((why, count) -> words.add("The " + why + " left out " + Words.counted(count, "row") + "."));
        masked.forEach((kind, count) -> words.add(count + " × " + kind + " replaced."));
        asText.forEach((field, count) -> words.add("'" + field + "' was a number or a boolean in "
                + Words.counted(count, "entry") + " and was converted to text."));
        words.addAll(absent);
        return words.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", words));
    }
}
