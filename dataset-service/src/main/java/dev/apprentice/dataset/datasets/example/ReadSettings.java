package dev.apprentice.dataset.datasets.example;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How data is to be read.
 *
 * @param fields by the name that layouts have for a field, the name that the data has
 * @param strict whether one entry that cannot be used refuses all
 * @param lastTurnOnly whether of a conversation only the last answer is learned
 */
public record ReadSettings(Map<String, String> fields, boolean strict, boolean lastTurnOnly) {

    /** All that layouts have names for. */
    private static final Set<String> KNOWN = Set.of("id", "instruction", "input", "output", "system", "history", "messages",
            "conversations", "prompt", "completion", "question", "answer", "context", "response", "chosen", "rejected", "text",
            "category");

    /** Recognises layouts by themselves and leaves out what cannot be used. */
    public static final ReadSettings USUAL = new ReadSettings(Map.of(), false, false);

    /** Takes all or nothing. */
    public static final ReadSettings STRICT = new ReadSettings(Map.of(), true, false);

    public ReadSettings {
        fields = Map.copyOf(fields);
    }

    /**
     * @param mappings each {@code instruction=prompt}: a field as layouts call it, and as the data does
     * @throws IllegalArgumentException in a sentence, if one is not written so
     */
    public static ReadSettings of(Iterable<String> mappings, boolean strict, boolean lastTurnOnly) {
        Map<String, String> fields = new TreeMap<>();
        for (String mapping : mappings) {
            String[] sides = mapping.split("=", 2);
            String known = sides[0].strip().toLowerCase(Locale.ROOT);
            if (sides.length < 2 || sides[1].isBlank() || !KNOWN.contains(known)) {
                throw new IllegalArgumentException("'" + mapping + "' maps no field; write it as instruction=prompt, with one of "
                        + KNOWN.stream().sorted().collect(Collectors.joining(", ")) + " on the left");
            }
            if (fields.put(known, sides[1].strip()) != null) {
                throw new IllegalArgumentException("field '" + known + "' is mapped twice");
            }
        }
        return new ReadSettings(fields, strict, lastTurnOnly);
    }
}
