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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Turns the entries of one upload into examples, and records the faults of those that cannot be used. */
final class EntryCheck {

    /** How many violations are reported in full; the others are only counted. */
    static final int REPORTED = 100;

    private final ExampleSize size;
    private final ReadSettings settings;
    private final PersonalData personal;
    private final IgnoredFields.Counter ignored = new IgnoredFields.Counter();
    private final Map<String, Integer> layouts = new TreeMap<>();
    private final Map<String, Integer> asText = new TreeMap<>();
    private final List<Violation> violations = new ArrayList<>();
    private final IdTable ids;
    private List<Violation> ofEntry = new ArrayList<>();
    private Optional<String> file = Optional.empty();
    private Layout usual = Layout.ALPACA;
    private int violationCount;
    private int refusedEntries;
    private int accepted;
    private int rows;
    private final UnknownLayout unknown = new UnknownLayout();

    EntryCheck(ExampleSize size, ReadSettings settings, IdTable ids) {
        this.ids = ids;
        this.size = size;
        this.settings = settings;
        this.personal = new PersonalData(settings.mask());
    }

    /** Sets the file of the entries that follow. */
    void in(Optional<String> name) {
        file = name;
    }

    /**
     * Returns the example of an entry; empty if the entry is refused.
     *
     * @param typed the entry with its fields' types
     * @param said the result of reading the entry by itself
     */
    Optional<Example> check(int entry, int line, JsonNode json, JsonNode typed, EntryReading said) throws IOException {
        ofEntry = new ArrayList<>();
        if (!json.isObject()) {
            note(entry, line, json, null, "is " + EntryFields.kind(json) + "; expected an object with 'instruction' and 'output'");
            return refused();
        }
        if (accepted == 0) {
            unknown.look(json, refusedEntries == 0);
        }
        EntryFields fields = said.fields();
        if (settings.template().isPresent()) {
            TaskTemplate template = settings.template().get();
            Example made = LabelledRow.read(fields, (ObjectNode) typed, template, settings.fields(), settings.seed(), rows++);
            return checked(entry, line, json, fields, made, template.name());
        }
        if (said.layout().isEmpty() && accepted == 0 && !json.isEmpty() && !fields.has("instruction", "output")) {
            note(entry, line, json, null, "has fields of no known layout: " + String.join(", ", unknown.count(json)));
            return refused();
        }
        Layout layout = said.layout().orElse(usual);
        Example read = said.example().orElseGet(() -> layout.read(fields, settings.lastTurnOnly()));
        Optional<Example> example = checked(entry, line, json, fields, read, layout.shownAs());
        usual = example.isPresent() ? layout : usual;
        return example;
    }

    private Optional<Example> checked(int entry, int line, JsonNode json, EntryFields fields, Example read, String shownAs)
            throws IOException {
        Example example = (personal.isWanted() ? read.withTexts(personal::mask) : read).of(fields.label("category"));
        fields.faults().forEach(fault -> note(entry, line, json, fault.field().orElse(null), fault.message()));
        JsonNode id = fields.take("id");
        Example named = settings.template().isPresent() || shownAs.equals(Layout.LABEL_STUDIO.shownAs())
                ? withFreeId(example, entry)
                : named(entry, line, json, id, example);
        if (ofEntry.isEmpty()) {
            size.excess(named).ifPresent(message -> note(entry, line, json, null, message));
        }
        if (!ofEntry.isEmpty()) {
            return refused();
        }
        accepted++;
        layouts.merge(shownAs, 1, Integer::sum);
        fields.eachUnused(ignored::count);
        fields.asText().forEach(field -> asText.merge(field, 1, Integer::sum));
        return Optional.of(named);
    }

    /** Returns a text with personal data replaced, if that was requested. */
    String masked(String text) {
        return personal.mask(text);
    }

    /** Returns how many of each kind of personal data were replaced. */
    Map<String, Integer> masked() {
        return personal.counts();
    }

    /** Returns, by field, in how many entries a number or boolean was read as text. */
    Map<String, Integer> asText() {
        return asText;
    }

    /** Returns one common reason if no entry could be used; empty if an entry was accepted or the entries have reasons of their own. */
    Optional<InvalidDatasetException> refusalOfAll(boolean isMapped) {
        return accepted == 0 ? unknown.refusal(refusedEntries, isMapped) : Optional.empty();
    }

    /** Refuses something that could not be parsed as an entry. */
    void refuse(int entry, int line, String message) {
        ofEntry = new ArrayList<>(List.of(new Violation(file, entry, line, Optional.empty(), Optional.empty(), message)));
        refused();
    }

    void ignore(String what) {
        ignored.count(what);
    }

    private Optional<Example> refused() {
        refusedEntries++;
        violationCount += ofEntry.size();
        violations.addAll(ofEntry.subList(0, Math.min(ofEntry.size(), REPORTED - violations.size())));
        return Optional.empty();
    }

    /** Returns the faults of the entry that was refused last. */
    List<Violation> ofEntry() {
        return ofEntry;
    }

    IgnoredFields ignored() {
        return ignored.counted();
    }

    Map<String, Integer> layouts() {
        return layouts;
    }

    List<Violation> violations() {
        return violations;
    }

    int violationCount() {
        return violationCount;
    }

    int refusedEntries() {
        return refusedEntries;
    }

    int accepted() {
        return accepted;
    }

    private Example named(int entry, int line, JsonNode json, JsonNode id, Example example) throws IOException {
        if (id.isMissingNode() || id.isNull()) {
            return ofEntry.isEmpty() ? withFreeId(example, entry) : example;
        }
        if (!id.isTextual() && !id.isIntegralNumber()) {
            note(entry, line, json, "id", "is " + EntryFields.kind(id) + "; expected text");
            return example;
        }
        String name = id.asText();
        if (!Names.isValid(name)) {
            note(entry, line, json, "id", "is not a valid id: " + Names.RULE);
            return example;
        }
        int earlier = ids.putIfAbsent(name, entry);
        if (earlier >= 0) {
            note(entry, line, json, "id", "is already used by entry [" + earlier + "]");
        }
        return example.named(name);
    }

    /**
     * Returns the example under an id that is free. A repeated text is a second example: the textbook's file has some, and its
     * split counts them.
     */
    private Example withFreeId(Example example, int entry) throws IOException {
        Example named = example.id().isEmpty() ? example.namedByText() : example;
        String id = ids.free(named.id(), entry);
        return id.equals(named.id()) ? named : named.named(id);
    }

    private void note(int entry, int line, JsonNode json, String field, String message) {
        Optional<String> id = Optional.of(json.path("id")).filter(value -> value.isTextual() || value.isNumber()).map(JsonNode::asText);
        ofEntry.add(new Violation(file, entry, line, id, Optional.ofNullable(field), message));
    }
}
