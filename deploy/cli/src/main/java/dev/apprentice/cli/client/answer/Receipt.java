package dev.apprentice.cli.client.answer;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What became of examples that were sent.
 *
 * @param accepted how many Kafka has
 * @param refused how many lines hold no example
 * @param refusals the reasons for the first of those lines
 * @param ignoredFields fields that have content but are not learned, with the number of examples that have each
 */
public record Receipt(long accepted, long refused, List<Refusal> refusals, Map<String, Integer> ignoredFields) {

    public Receipt {
        ignoredFields = ignoredFields == null ? Map.of() : Map.copyOf(ignoredFields);
    }

    /**
     * The reason why a line is refused.
     *
     * @param line counted from 1 within the request
     * @param field the field at fault; empty for the line as a whole
     * @param message what is wrong
     */
    public record Refusal(long line, Optional<String> field, String message) {

        /** Returns a sentence for a person who sees the line under this number. */
        public String onLine(long number) {
            return "Line " + number + " is refused: " + field.map(name -> name + " ").orElse("it ") + message + ".";
        }
    }
}
