package dev.apprentice.cli.client.answer;

import dev.apprentice.cli.terminal.Words;
import java.util.Map;
import java.util.stream.Collectors;

/** Describes fields of examples that have content but are not learned. */
public final class IgnoredFields {

    private IgnoredFields() {}

    /** Returns a sentence. @param examples the number of examples that have each field */
    public static String inWords(Map<String, Integer> examples) {
        return "Ignored fields: " + examples.entrySet().stream()
                .map(field -> "'" + field.getKey() + "' in " + Words.counted(field.getValue(), "example"))
                .collect(Collectors.joining(", ")) + ".";
    }
}
