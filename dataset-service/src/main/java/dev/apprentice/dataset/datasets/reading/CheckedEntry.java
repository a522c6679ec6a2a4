package dev.apprentice.dataset.datasets.reading;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.dataset.datasets.layout.EntryFields;
import dev.apprentice.dataset.datasets.reading.outcome.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What an entry comes to.
 *
 * @param example empty where it cannot be used
 * @param layout what it was recognised as, for people
 * @param fields what it has, and what of that was used
 * @param violations why it cannot be used; none where it can
 */
record CheckedEntry(Optional<Example> example, String layout, EntryFields fields, List<Violation> violations) {

    /** What is wrong with one entry, as it shows. */
    static final class Faults {

        private final EntryPlace place;
        private final JsonNode entry;
        private final List<Violation> violations = new ArrayList<>();

        Faults(EntryPlace place, JsonNode entry) {
            this.place = place;
            this.entry = entry;
        }

        /** @param field the one at fault; empty where it is the entry as a whole */
        void note(Optional<String> field, String message) {
            Optional<String> id = Optional.of(entry.path("id")).filter(value -> value.isTextual() || value.isNumber()).map(JsonNode::asText);
            violations.add(new Violation(place.file(), place.entry(), place.line(), id, field, message));
        }

        boolean isEmpty() {
            return violations.isEmpty();
        }

        /** The entry, which cannot be used. */
        CheckedEntry refuse(EntryFields fields) {
            return new CheckedEntry(Optional.empty(), "", fields, violations);
        }
    }
}
