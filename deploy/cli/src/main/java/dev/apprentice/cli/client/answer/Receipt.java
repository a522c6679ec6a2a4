package dev.apprentice.cli.client.answer;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What became of examples that were sent.
 *
 * @param accepted how many Kafka has
 * @param refused how many lines hold no example
 * @param refusals why, for the first of them
 * @param ignoredFields fields that say something and are not learned, and how many examples have each
 */
public record Receipt(long accepted, long refused, List<Refusal> refusals, Map<String, Integer> ignoredFields) {

    public Receipt {
        ignoredFields = ignoredFields == null ? Map.of() : Map.copyOf(ignoredFields);
    }

    /**
     * Why a line is refused.
     *
     * @param line counted from 1 in what was sent at once
     * @param field the field at fault; empty for the line as a whole
     * @param message what is wrong
     */
    public record Refusal(long line, Optional<String> field, String message) {

        /** For a person who sees the line under this number. */
        public String onLine(long number) {
            return "Line " + number + " is refused: " + field.map(name -> name + " ").orElse("it ") + message + ".";
        }
    }
}
