package dev.apprentice.dataset.datasets.reading;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.dataset.datasets.layout.FaqPage;
import java.util.List;
import java.util.Optional;

/**
 * An entry that any thread has read.
 *
 * @param line it begins on, from 1
 * @param ahead what it says by itself; empty where that is of no use yet
 */
record JsonEntry(int line, JsonNode json, Optional<EntryReading> ahead) {

    /** The entries that an element of JSON stands for: itself, or the questions of a page. */
    static List<JsonEntry> of(int line, JsonNode element, ExampleReader into) {
        List<JsonNode> entries = FaqPage.is(element) ? FaqPage.entries(element) : List.of(element);
        return entries.stream().map(entry -> new JsonEntry(line, entry, into.readAhead(entry))).toList();
    }

    /** Of a text that stands below so many lines. */
    JsonEntry below(int lines) {
        return new JsonEntry(lines + line, json, ahead);
    }
}
