package dev.apprentice.dataset.datasets.reading;

import dev.apprentice.contracts.run.DataReading;
import dev.apprentice.contracts.run.DataReadingBuilder;
import dev.apprentice.contracts.run.Training;
import dev.apprentice.dataset.datasets.personal.Kind;
import dev.apprentice.prompts.task.TaskTemplate;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * How to read data.
 *
 * @param reading the request
 * @param fields the data's names of fields, by the names that layouts or the template have for them
 * @param template makes examples from labelled rows; empty if rows are examples
 * @param seed chooses the template's wordings and the sample
 * @param mask the kinds of personal data that are replaced
 * @param encoding of texts, if it was named
 */
public record ReadSettings(DataReading reading, Map<String, String> fields, Optional<TaskTemplate> template, long seed,
        List<Kind> mask, Optional<Charset> encoding) {

    /** All names of fields in layouts. */
    private static final Set<String> KNOWN = Set.of("id", "instruction", "input", "output", "system", "history", "messages",
            "conversations", "prompt", "completion", "question", "answer", "context", "response", "chosen", "rejected", "text",
            "category", "thread_id", "role", "created_at");

    /** Recognises layouts and leaves out what cannot be used. */
    public static final ReadSettings USUAL = of(DataReading.USUAL, Optional.empty(), Training.DEFAULTS.seed());

    /** Accepts all entries or none. */
    public static final ReadSettings STRICT =
            of(DataReadingBuilder.builder().strict(true).build(), Optional.empty(), Training.DEFAULTS.seed());

    public ReadSettings {
        fields = Map.copyOf(fields);
    }

    /**
     * Creates settings from a request.
     *
     * @param template the one that the request names
     * @throws IllegalArgumentException if a mapping, a kind of personal data, an encoding or the sample is invalid; its message
     *     is a sentence
     */
    public static ReadSettings of(DataReading reading, Optional<TaskTemplate> template, long seed) {
        Set<String> known = template.<Set<String>>map(task -> new TreeSet<>(task.fields())).orElse(KNOWN);
        Map<String, String> fields = new TreeMap<>();
        for (String mapping : reading.fields()) {
            String[] sides = mapping.split("=", 2);
            String name = template.isPresent() ? sides[0].strip() : sides[0].strip().toLowerCase(Locale.ROOT);
            if (sides.length < 2 || sides[1].isBlank() || !known.contains(name)) {
                throw new IllegalArgumentException("'" + mapping + "' maps no field; write it as instruction=prompt, with one of "
                        + String.join(", ", new TreeSet<>(known)) + " on the left");
            }
            if (fields.put(name, sides[1].strip()) != null) {
                throw new IllegalArgumentException("field '" + name + "' is mapped twice");
            }
        }
        reading.sample().filter(sample -> sample <= 0 || sample >= 1 && sample != Math.rint(sample)).ifPresent(sample -> {
            throw new IllegalArgumentException("sample is " + sample + "; it must be a whole number of rows, or a share between 0 and 1");
        });
        return new ReadSettings(reading, fields, template, seed, Kind.named(reading.mask()),
                reading.encoding().map(ReadSettings::encoding));
    }

    private static Charset encoding(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "encoding is '" + name + "', which is unknown here; it is a name such as windows-1252, iso-8859-1 or utf-16", e);
        }
    }

    boolean strict() {
        return reading.isStrict();
    }

    public boolean lastTurnOnly() {
        return reading.lastTurnOnly();
    }
}
