package dev.apprentice.dataset.datasets.reading;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.contracts.Names;
import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.dataset.datasets.example.ExampleSize;
import dev.apprentice.dataset.datasets.example.IdTable;
import dev.apprentice.dataset.datasets.layout.EntryFields;
import dev.apprentice.dataset.datasets.layout.LabelledRow;
import dev.apprentice.dataset.datasets.layout.Layout;
import dev.apprentice.dataset.datasets.personal.PersonalData;
import dev.apprentice.prompts.task.TaskTemplate;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Converts entries to examples, or finds out why they cannot be used. It keeps the ids of all entries so far. */
final class EntryCheck {

    private static final Optional<String> ID = Optional.of("id");

    private final ExampleSize size;
    private final ReadSettings settings;
    private final IdTable ids;
    private final PersonalData personal;
    private final UnknownLayout unknown;
    private final ReadingAccount account;
    private Layout usual = Layout.ALPACA;
    private int rows;

    /** @param account the counts of the entries before */
    EntryCheck(
            ExampleSize size, ReadSettings settings, IdTable ids, PersonalData personal, UnknownLayout unknown, ReadingAccount account) {
        this.size = size;
        this.settings = settings;
        this.ids = ids;
        this.personal = personal;
        this.unknown = unknown;
        this.account = account;
    }

    /**
     * Checks an entry.
     *
     * @param typed the entry with its fields' types
     * @param said the result of reading the entry by itself
     */
    CheckedEntry check(EntryPlace place, JsonNode json, JsonNode typed, EntryReading said) throws IOException {
        CheckedEntry.Faults faults = new CheckedEntry.Faults(place, json);
        EntryFields fields = said.fields();
        if (!json.isObject()) {
            faults.note(Optional.empty(), "is " + EntryFields.kind(json) + "; expected an object with 'instruction' and 'output'");
            return faults.refuse(fields);
        }
        if (account.accepted() == 0) {
            unknown.look(json, account.isClean());
        }
        if (settings.template().isPresent()) {
            TaskTemplate template = settings.template().get();
            Example made = LabelledRow.read(fields, (ObjectNode) typed, template, settings.fields(), settings.seed(), rows++);
            return checked(place, json, fields, made, template.name(), faults);
        }
        if (said.layout().isEmpty() && account.accepted() == 0 && !json.isEmpty() && !fields.has("instruction", "output")) {
            faults.note(Optional.empty(), "has fields of no known layout: " + String.join(", ", unknown.count(json)));
            return faults.refuse(fields);
        }
        Layout layout = said.layout().orElse(usual);
        Example read = said.example().orElseGet(() -> layout.read(fields, settings.lastTurnOnly()));
        CheckedEntry checked = checked(place, json, fields, read, layout.shownAs(), faults);
        usual = checked.example().isPresent() ? layout : usual;
        return checked;
    }

    private CheckedEntry checked(EntryPlace place, JsonNode json, EntryFields fields, Example read, String layout, CheckedEntry.Faults faults)
            throws IOException {
        Example example = (personal.isWanted() ? read.withTexts(personal::mask) : read).of(fields.label("category"));
        fields.faults().forEach(fault -> faults.note(fault.field(), fault.message()));
        JsonNode id = fields.take("id");
        Example named = settings.template().isPresent() || layout.equals(Layout.LABEL_STUDIO.shownAs())
                ? withFreeId(example, place)
                : named(place, id, example, faults);
        if (faults.isEmpty()) {
            size.excess(named).ifPresent(message -> faults.note(Optional.empty(), message));
        }
        return faults.isEmpty() ? new CheckedEntry(Optional.of(named), layout, fields, List.of()) : faults.refuse(fields);
    }

    private Example named(EntryPlace place, JsonNode id, Example example, CheckedEntry.Faults faults) throws IOException {
        if (id.isMissingNode() || id.isNull()) {
            return faults.isEmpty() ? withFreeId(example, place) : example;
        }
        if (!id.isTextual() && !id.isIntegralNumber()) {
            faults.note(ID, "is " + EntryFields.kind(id) + "; expected text");
            return example;
        }
        String name = id.asText();
        if (!Names.isValid(name)) {
            faults.note(ID, "is not a valid id: " + Names.RULE);
            return example;
        }
        int earlier = ids.putIfAbsent(name, place.entry());
        if (earlier >= 0) {
            faults.note(ID, "is already used by entry [" + earlier + "]");
        }
        return example.named(name);
    }

    /**
     * Returns the example with an unused id. A repeated text is a second example: the textbook's file has some, and its split
     * counts them.
     */
    private Example withFreeId(Example example, EntryPlace place) throws IOException {
        Example named = example.id().isEmpty() ? example.namedByText() : example;
        String id = ids.free(named.id(), place.entry());
        return id.equals(named.id()) ? named : named.named(id);
    }
}
