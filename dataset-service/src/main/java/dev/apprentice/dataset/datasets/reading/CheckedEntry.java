package dev.apprentice.dataset.datasets.reading;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.dataset.datasets.layout.EntryFields;
import dev.apprentice.dataset.datasets.reading.outcome.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The result of checking an entry.
 *
 * @param example empty if the entry cannot be used
 * @param layout the name of its layout, for people
 * @param fields its fields, and which of them were used
 * @param violations why it cannot be used; empty if it can
 */
record CheckedEntry(Optional<Example> example, String layout, EntryFields fields, List<Violation> violations) {

    /** Collects what is wrong with one entry. */
    static final class Faults {

        private final EntryPlace place;
        private final JsonNode entry;
        private final List<Violation> violations = new ArrayList<>();

        Faults(EntryPlace place, JsonNode entry) {
            this.place = place;
            this.entry = entry;
        }

        /** @param field the invalid field; empty if the entry as a whole is invalid */
        void note(Optional<String> field, String message) {
            Optional<String> id = Optional.of(entry.path("id")).filter(value -> value.isTextual() || value.isNumber()).map(JsonNode::asText);
            violations.add(new Violation(place.file(), place.entry(), place.line(), id, field, message));
        }

        boolean isEmpty() {
            return violations.isEmpty();
        }

        /** Returns the entry as one that cannot be used. */
        CheckedEntry refuse(EntryFields fields) {
            return new CheckedEntry(Optional.empty(), "", fields, violations);
        }
    }
}
