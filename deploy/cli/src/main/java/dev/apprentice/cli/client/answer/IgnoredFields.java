package dev.apprentice.cli.client.answer;

import java.util.Map;
import java.util.stream.Collectors;

/** Fields of examples that say something and are not learned. */
public final class IgnoredFields {

    private IgnoredFields() {}

    /** @param examples how many examples have each */
    public static String inWords(Map<String, Integer> examples) {
        return "Not learned: " + examples.entrySet().stream()
                .map(field -> "'" + field.getKey() + "' of " + field.getValue() + (field.getValue() == 1 ? " example" : " examples"))
                .collect(Collectors.joining(", ")) + ".";
    }
}
