package dev.apprentice.cli.client.answer;

import dev.apprentice.cli.terminal.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was left out of data because that was asked for, what was read otherwise than it is written, and what was asked for and is not there.
 *
 * @param rows how many were left out by the filter and by the sample
 * @param masked how many of each kind of personal data were replaced
 * @param asText in how many entries a field is a number, or true or false, and was read as text
 * @param absent a sentence for each field that was named and that no entry has
 */
public record Omissions(Map<String, Integer> rows, Map<String, Integer> masked, Map<String, Integer> asText, List<String> absent) {

    public Omissions {
        rows = rows == null ? Map.of() : new TreeMap<>(rows);
        masked = masked == null ? Map.of() : new TreeMap<>(masked);
        asText = asText == null ? Map.of() : new TreeMap<>(asText);
        absent = absent == null ? List.of() : List.copyOf(absent);
    }

    /** For people; empty where there is nothing to say. */
    public Optional<String> inWords() {
        List<String> words = new ArrayList<>();
        rows.forEach((why, count) -> words.add("The " + why + " left out " + Words.counted(count, "row") + "."));
        masked.forEach((kind, count) -> words.add(count + " × " + kind + " replaced."));
        asText.forEach((field, count) -> words.add("'" + field + "' is a number, or true or false, in "
                + Words.counted(count, "entry") + " and was read as text."));
        words.addAll(absent);
        return words.isEmpty() ? Optional.empty() : Optional.of(String.join(" ", words));
    }
}
