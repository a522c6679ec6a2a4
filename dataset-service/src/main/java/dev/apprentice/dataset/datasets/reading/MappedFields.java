package dev.apprentice.dataset.datasets.reading;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.dataset.datasets.layout.EntryFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Checks the fields that a mapping names: finds those that no entry has, and records the fields of the first entry. */
final class MappedFields {

    private static final int NAMED = 20;

    private final Map<String, String> mapping;
    private final Map<String, String> unseen;
    private String first = "";

    /** @param mapping the source of each mapped field */
    MappedFields(Map<String, String> mapping) {
        this.mapping = mapping;
        this.unseen = new TreeMap<>(mapping);
    }

    /** Looks for fields in an entry, unless all have been found. */
    void look(JsonNode entry, String file, int line) {
        if (unseen.isEmpty() || !entry.isObject()) {
            return;
        }
        EntryFields fields = new EntryFields(entry, mapping);
        unseen.keySet().removeIf(fields::has);
        if (first.isEmpty()) {
            List<String> names = new ArrayList<>();
            entry.fieldNames().forEachRemaining(names::add);
            first = "the first entry" + (file.isEmpty() ? "" : " of " + file) + (line > 0 ? ", line " + line + "," : "") + " has "
                    + (names.isEmpty() ? "none" : String.join(", ", names.subList(0, Math.min(NAMED, names.size()))))
                    + (names.size() > NAMED ? " and others" : "");
        }
    }

    /** Returns a sentence, without its full stop, for each field that no entry has. */
    List<String> absent() {
        return first.isEmpty() ? List.of() : unseen.entrySet().stream()
                .map(field -> "No entry has the field '" + field.getValue() + "' that '" + field.getKey() + "' is to be read from (--field "
                        + field.getKey() + "=" + field.getValue() + "); " + first)
                .toList();
    }
}
