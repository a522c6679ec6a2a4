package dev.apprentice.dataset.datasets.reading;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.dataset.datasets.layout.FaqPage;
import java.util.List;
import java.util.Optional;

/**
 * An entry that any thread may have parsed.
 *
 * @param line it begins on, from 1
 * @param ahead the result of reading it by itself; empty if that would be premature
 */
record JsonEntry(int line, JsonNode json, Optional<EntryReading> ahead) {

    /** Returns the entries in a JSON element: the element itself, or the questions of a page. */
    static List<JsonEntry> of(int line, JsonNode element, ExampleReader into) {
        List<JsonNode> entries = FaqPage.is(element) ? FaqPage.entries(element) : List.of(element);
        return entries.stream().map(entry -> new JsonEntry(line, entry, into.readAhead(entry))).toList();
    }

    /** Returns the entry with its line moved down by this number of lines. */
    JsonEntry below(int lines) {
        return new JsonEntry(lines + line, json, ahead);
    }
}
