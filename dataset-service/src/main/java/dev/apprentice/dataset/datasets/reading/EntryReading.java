package dev.apprentice.dataset.datasets.reading;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.dataset.datasets.layout.EntryFields;
import dev.apprentice.dataset.datasets.layout.Layout;
import java.util.Optional;

/**
 * What an entry says by itself. It needs nothing of other entries, so any thread may read it.
 *
 * @param fields what the entry has, and what is wrong with it
 * @param layout empty where it is not known by the fields
 * @param example what the layout makes of the fields; under an id made of its texts where the entry has none and nothing is to be masked
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
