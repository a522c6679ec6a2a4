package dev.apprentice.cli.client.answer;

import dev.apprentice.cli.terminal.Words;
import java.util.Map;
import java.util.stream.Collectors;

/** Fields of examples that say something and are not learned. */
public final class IgnoredFields {

    private IgnoredFields() {}

    /** @param examples how many examples have each */
    public static String inWords(Map<String, Integer> examples) {
        return "Not learned: " + examples.entrySet().stream()
                .map(field -> "'" + field.getKey() + "' of " + Words.counted(field.getValue(), "example"))
                .collect(Collectors.joining(", ")) + ".";
    }
}
