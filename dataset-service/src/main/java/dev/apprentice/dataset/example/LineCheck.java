package dev.apprentice.dataset.example;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;

/**
 * One entry judged by itself, as it comes in a stream: an id that came before is a correction there, not a fault.
 *
 * @param example what it says; empty where it cannot be used
 * @param violations why it cannot; empty where it can
 */
public record LineCheck(Optional<Example> example, List<Violation> violations) {

    public static LineCheck of(JsonNode entry) {
        EntryCheck check = new EntryCheck();
        Optional<Example> example = check.check(0, 1, entry);
        return new LineCheck(example, check.violations());
    }
}
