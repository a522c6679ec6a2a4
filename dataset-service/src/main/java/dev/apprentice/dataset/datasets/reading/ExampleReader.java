package dev.apprentice.dataset.datasets.reading;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.dataset.datasets.example.ExampleSink;
import dev.apprentice.dataset.datasets.example.ExampleSize;
import dev.apprentice.dataset.datasets.example.IdTable;
import dev.apprentice.dataset.datasets.layout.LabelledRow;
import dev.apprentice.dataset.datasets.personal.PersonalData;
import dev.apprentice.dataset.datasets.reading.outcome.InvalidDatasetException;
import dev.apprentice.dataset.datasets.reading.outcome.ReadingResult;
import dev.apprentice.dataset.datasets.reading.outcome.RejectSink;
import dev.apprentice.dataset.datasets.reading.outcome.UnreadableFileException;
import dev.apprentice.dataset.table.Scratch;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * Makes examples from the entries that the readers of all formats pass in.
 *
 * <p>Only a few entries are in memory at a time. An entry that cannot be used is left out and reported with its place. In strict
 * mode, reading goes on after it so that all faults are reported at once.
 */
public final class ExampleReader {

    /** Limit of a line's bytes for each byte of an example: a line may escape its characters, and have fields that are not learned. */
    private static final int LINE_TO_EXAMPLE = 2;

    private final ReadSettings settings;
    private final int longestLine;
    private final UnknownLayout unknown = new UnknownLayout();
    private final EntryCheck check;
    private final MappedFields mapped;
    private final Delivery delivery;
    private Diversion diversion = entry -> false;
    private Optional<CandidateRow.Sink> selection = Optional.empty();
    private String file = "";
    private boolean textsOnly;
    private int entries;
    private int line;

    /**
     * @param scratch holds the table of ids
     * @param sink receives each example as it comes; they must be discarded if reading fails
     * @param rejects receives each entry that is left out
     */
    public ExampleReader(ExampleSize size, ReadSettings settings, Scratch scratch, ExampleSink sink, RejectSink rejects) {
        this.settings = settings;
        this.longestLine = LINE_TO_EXAMPLE * size.largest();
        PersonalData personal = new PersonalData(settings.mask());
        this.delivery = new Delivery(settings, personal, sink, rejects);
        this.check = new EntryCheck(size, settings, new IdTable(scratch), personal, unknown, delivery.account());
        this.mapped = new MappedFields(settings.fields());
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
        delivery.account().leaveOut(why, rows);
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
        line = entry.line();
        JsonNode json = entry.json();
        JsonNode typed = settings.template().isPresent() ? new CandidateRow(file, entries, line, textsOnly, json).typed() : json;
        JsonNode read = textsOnly ? LabelledRow.texts(json) : json;
        EntryReading said = entry.ahead().orElseGet(() -> EntryReading.of(read, settings));
        CheckedEntry checked = check.check(next(line), read, typed, said);
        delivery.add(checked, checked.example().isPresent() ? "" : read.toString());
    }

    private EntryPlace next(int atLine) {
        return new EntryPlace(Optional.of(file).filter(name -> !name.isEmpty()), entries++, atLine);
    }

    /** Refuses the rest of the current file, which counts as one entry. */
    public void refuseRest(UnreadableFileException fault) throws IOException {
        String before = entries == 0 ? "" : entries == 1 ? "; its entry before that was read" : "; its " + entries + " entries before that were read";
        refuse(fault.line(), fault.reason() + before, "");
    }

    /** Refuses something that could not be parsed as an entry. */
    public void refuse(int atLine, String message, String content) throws IOException {
        delivery.refuse(next(atLine), message, content);
    }

    /** Counts something in a file that is not meant to be an example. */
    public void ignore(String what) {
        delivery.account().ignore(what);
    }

    /**
     * Returns the result of the reading.
     *
     * @throws InvalidDatasetException if there is no example, or in strict mode an entry that cannot be used
     */
    public ReadingResult finish() {
        return delivery.result(unknown, mapped.absent());
    }

    /** Reads a JSON array, or consecutive JSON objects. */
    public void readJson(InputStream bytes) throws IOException {
        new JsonData(this, longestLine).read(bytes);
    }

    /**
     * Creates a refusal of the data as a whole.
     *
     * @param message one sentence that names the place and the way out, without quoting the data
     */
    public InvalidDatasetException invalid(String message) {
        return delivery.account().refusal(message, message);
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
}
