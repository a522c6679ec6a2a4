package dev.apprentice.dataset.datasets.reading;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.dataset.datasets.layout.EntryFields;
import dev.apprentice.dataset.datasets.layout.Layout;
import java.util.Optional;

/**
 * The result of reading an entry by itself, without other entries, so any thread may do it.
 *
 * @param fields the entry's fields, and what is wrong with them
 * @param layout empty if the fields match no layout
 * @param example that the layout makes from the fields; named by its texts if the entry has no id and nothing is masked
 */
record EntryReading(EntryFields fields, Optional<Layout> layout, Optional<Example> example) {

    static EntryReading of(JsonNode entry, ReadSettings settings) {
        EntryFields fields = new EntryFields(entry, settings.fields());
        if (settings.template().isPresent()) {
            return new EntryReading(fields, Optional.empty(), Optional.empty());
        }
        Optional<Layout> layout = Layout.of(fields);
        Optional<Example> read = layout.map(known -> known.read(fields, settings.lastTurnOnly()));
        boolean isWhole = settings.mask().isEmpty() && !fields.has("id");
        return new EntryReading(fields, layout, isWhole ? read.map(Example::namedByText) : read);
    }
}
