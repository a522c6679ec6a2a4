package dev.apprentice.dataset.datasets.reading;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.dataset.datasets.example.ExampleSink;
import dev.apprentice.dataset.datasets.example.ExampleSize;
import dev.apprentice.dataset.datasets.example.IdTable;
import dev.apprentice.dataset.datasets.layout.LabelledRow;
import dev.apprentice.dataset.table.Scratch;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Makes examples from the entries that the readers of all formats pass in.
 *
 * <p>Only a few entries are in memory at a time. An entry that cannot be used is left out and reported with its place. In strict
 * mode, reading goes on after it so that all faults are reported at once.
 */
public final class ExampleReader {

    static final String EXPECTED =
            "send a JSON array or JSON lines of objects with 'instruction', 'output' and optionally 'input' and 'id'";

    /** Limit of a line's bytes for each byte of an example: a line may escape its characters, and have fields that are not learned. */
    private static final int LINE_TO_EXAMPLE = 2;

    private final EntryCheck check;
    private final ExampleSize size;
    private final ReadSettings settings;
    private final ExampleSink sink;
    private final RejectSink rejects;
    private Diversion diversion = entry -> false;
    private Optional<CandidateRow.Sink> selection = Optional.empty();
    private final Map<String, Integer> leftOut = new TreeMap<>();
    private final MappedFields mapped;
    private boolean textsOnly;
    private Optional<Example> first = Optional.empty();
    private String file = "";
    private int entries;
    private int line;
    private int all;

    /**
     * @param scratch holds the table of ids
     * @param sink receives each example as it comes; they must be discarded if reading fails
     * @param rejects receives each entry that is left out
     */
    public ExampleReader(ExampleSize size, ReadSettings settings, Scratch scratch, ExampleSink sink, RejectSink rejects) {
        this.check = new EntryCheck(size, settings, new IdTable(scratch));
        this.size = size;
        this.settings = settings;
        this.mapped = new MappedFields(settings.fields());
        this.sink = sink;
        this.rejects = rejects;
    }

    /**
     * Reads JSON in strict mode.
     *
     * @return the fields that are not learned
     * @throws InvalidDatasetException if anything is wrong with the data; what the sink received must then be discarded
     * @throws IOException if the bytes cannot be read or the sink fails
     */
    public static IgnoredFields read(InputStream bytes, ExampleSize size, ExampleSink sink) throws IOException {
        try (Scratch scratch = Scratch.ofTheSystem()) {
            ExampleReader reader = new ExampleReader(size, ReadSettings.STRICT, scratch, sink, reject -> {});
            reader.readJson(bytes);
            return reader.finish().ignored();
        }
    }

    /** Begins a file; its name is part of an entry's place. */
    public void begin(String name) {
        entries = 0;
        textsOnly = false;
        call(name);
    }

    /** Renames the file that is being read. */
    public void call(String name) {
        file = name;
        check.in(Optional.of(name).filter(known -> !known.isEmpty()));
    }

    public ReadSettings settings() {
        return settings;
    }

    /** Returns the name of the file that is being read; empty for data without one. */
    public String file() {
        return file;
    }

    /** Returns the place of the entry read last among those of its file, from 0. */
    public int entry() {
        return entries - 1;
    }

    /** Returns the line that the entry read last begins on, from 1; 0 if the format has no lines. */
    public int line() {
        return line;
    }

    /** Intercepts entries that are only parts of an example. */
    public interface Diversion {

        /** Offers an entry. @return whether it was taken */
        boolean takes(JsonNode entry) throws IOException;
    }

    /** Sets the diversion, which is offered each entry first. */
    public void divert(Diversion to) {
        diversion = to;
    }

    /** Sets the selection of rows, which passes the selected ones to {@link #addChosen}. */
    public void selectBy(CandidateRow.Sink rows) {
        selection = Optional.of(rows);
    }

    /** Declares that the format of the current file has only texts. */
    public void hasTextsOnly() {
        textsOnly = true;
    }

    /** Counts rows that are left out by request. @param why {@code filter} or {@code sample} */
    public void leaveOut(String why, int rows) {
        if (rows > 0) {
            all += rows;
            leftOut.merge(why, rows, Integer::sum);
        }
    }

    /** Adds a row that was selected. */
    public void addChosen(CandidateRow row) throws IOException {
        begin(row.file());
        textsOnly = row.textsOnly();
        entries = row.place();
        addSelected(new JsonEntry(row.line(), row.entry(), Optional.empty()));
    }

    /** Adds an entry of a table, or of any other file that was split into entries. */
    public void add(int line, JsonNode entry) throws IOException {
        add(new JsonEntry(line, entry, Optional.empty()));
    }

    void add(JsonEntry entry) throws IOException {
        if (selection.isPresent()) {
            selection.get().add(new CandidateRow(file, entries++, entry.line(), textsOnly, entry.json()));
        } else {
            addSelected(entry);
        }
    }

    private void addSelected(JsonEntry entry) throws IOException {
        mapped.look(entry.json(), file, entry.line());
        if (settings.template().isPresent() || !entry.json().isObject() || !diversion.takes(entry.json())) {
            addDirectly(entry);
        }
    }

    /** Reads an entry by itself, on any thread; empty if it is too early for that. Not for formats that have only texts. */
    Optional<EntryReading> readAhead(JsonNode entry) {
        return selection.isPresent() || settings.template().isPresent() ? Optional.empty() : Optional.of(EntryReading.of(entry, settings));
    }

    /** Adds an entry that is neither selected nor diverted. */
    public void addDirectly(int line, JsonNode entry) throws IOException {
        addDirectly(new JsonEntry(line, entry, Optional.empty()));
    }

    private void addDirectly(JsonEntry entry) throws IOException {
        all++;
        line = entry.line();
        JsonNode json = entry.json();
        JsonNode typed = settings.template().isPresent() ? new CandidateRow(file, entries, line, textsOnly, json).typed() : json;
        JsonNode read = textsOnly ? LabelledRow.texts(json) : json;
        EntryReading said = entry.ahead().orElseGet(() -> EntryReading.of(read, settings));
        Optional<Example> example = check.check(entries++, line, read, typed, said);
        if (example.isEmpty()) {
            rejects.add(new Reject(check.ofEntry(), check.masked(read.toString())));
        } else if (!settings.strict() || check.violationCount() == 0) {
            first = first.isPresent() ? first : example;
            sink.add(example.get());
        }
    }

    /** Refuses the rest of the current file, which counts as one entry. */
    public void refuseRest(UnreadableFileException fault) throws IOException {
        String before = entries == 0 ? "" : entries == 1 ? "; its entry before that was read" : "; its " + entries + " entries before that were read";
        refuse(fault.line(), fault.reason() + before, "");
    }

    /** Refuses something that could not be parsed as an entry. */
    public void refuse(int line, String message, String content) throws IOException {
        all++;
        check.refuse(entries++, line, message);
        rejects.add(new Reject(check.ofEntry(), check.masked(content)));
    }

    /** Counts something in a file that is not meant to be an example. */
    public void ignore(String what) {
        check.ignore(what);
    }

    /**
     * Returns the result of the reading.
     *
     * @throws InvalidDatasetException if there is no example, or in strict mode an entry that cannot be used
     */
    public ReadingResult finish() {
        List<String> absent = mapped.absent();
        Optional<InvalidDatasetException> ofAll = check.refusalOfAll(!absent.isEmpty());
        if (ofAll.isPresent()) {
            throw ofAll.get();
        }
        if (check.accepted() == 0 && !absent.isEmpty()) {
            String none = "No entry has a field that was named";
            throw new InvalidDatasetException(String.join(". ", absent) + ". Name what there is; nothing was stored.",
                    none + "; nothing was stored.", List.of(), 0, check.refusedEntries());
        }
        if (check.violationCount() > 0 && (settings.strict() || check.accepted() == 0)) {
            throw invalid("%d of %d entries cannot be used; nothing was stored.".formatted(check.refusedEntries(), all));
        }
        if (all == 0) {
            throw invalid("The data holds no entries; " + EXPECTED + ".");
        }
        if (check.accepted() == 0) {
            throw invalid("The filter and the sample leave none of %,d rows; choose others. Nothing was stored.".formatted(all));
        }
        return new ReadingResult(check.accepted(), check.refusedEntries(), check.layouts(), check.ignored(), first,
                new Omissions(leftOut, check.masked(), check.asText(), absent.stream().map(one -> one + ".").toList()));
    }

    /** Reads a JSON array, or consecutive JSON objects. */
    public void readJson(InputStream bytes) throws IOException {
        new JsonData(this, LINE_TO_EXAMPLE * size.largest()).read(bytes);
    }

    /**
     * Creates a refusal of the data as a whole.
     *
     * @param message one sentence that names the place and the way out, without quoting the data
     */
    public InvalidDatasetException invalid(String message) {
        return invalid(message, message);
    }

    /**
     * Creates a refusal of the current file.
     *
     * @param reason what is wrong with it and the way out, without the file's name and without quoting the data
     */
    public UnreadableFileException unreadable(String reason) {
        return unreadable(0, reason, reason, "");
    }

    /**
     * Creates a refusal of the current file.
     *
     * @param unquoted the reason without quotations from the data
     * @param more sentences to append if this file is all of the data
     */
    UnreadableFileException unreadable(int atLine, String reason, String unquoted, String more) {
        String subject = (file.isEmpty() ? "The data" : file) + " ";
        String end = "; nothing was stored." + more;
        return new UnreadableFileException(invalid(""), subject + reason + end, subject + unquoted + end, atLine, reason);
    }

    private InvalidDatasetException invalid(String message, String unquoted) {
        return new InvalidDatasetException(
                message, unquoted, check.violations(), check.violationCount(), check.refusedEntries());
    }
}
