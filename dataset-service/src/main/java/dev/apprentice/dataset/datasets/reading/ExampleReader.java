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
 * Takes the entries of data, which others read of files of every kind, and makes examples of them.
 *
 * <p>A few entries are in memory at a time. One that cannot be used is left out and reported with its place; where that is not wanted,
 * reading goes on behind it so that all of them are named at once.
 */
public final class ExampleReader {

    static final String EXPECTED =
            "send a JSON array or JSON lines of objects with 'instruction', 'output' and optionally 'input' and 'id'";

    /** A line may write each character of an example as an escape, and has fields that are not learned. */
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
     * @param scratch for the ids that there are
     * @param sink gets every example as it comes; void if reading fails
     * @param rejects gets every entry that is left out
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
     * Reads JSON that has to be right as a whole.
     *
     * @return what the entries say beside what is learned
     * @throws InvalidDatasetException if there is anything wrong with the data; what the sink got until then is void
     * @throws IOException if the bytes cannot be had or the sink fails
     */
    public static IgnoredFields read(InputStream bytes, ExampleSize size, ExampleSink sink) throws IOException {
        try (Scratch scratch = Scratch.ofTheSystem()) {
            ExampleReader reader = new ExampleReader(size, ReadSettings.STRICT, scratch, sink, reject -> {});
            reader.readJson(bytes);
            return reader.finish().ignored();
        }
    }

    /** Begins a file of several; its name is part of an entry's place. */
    public void begin(String name) {
        entries = 0;
        textsOnly = false;
        call(name);
    }

    /** What the file that is being read is called from here on. */
    public void call(String name) {
        file = name;
        check.in(Optional.of(name).filter(known -> !known.isEmpty()));
    }

    public ReadSettings settings() {
        return settings;
    }

    /** The name of the file that is being read; empty for data without one. */
    public String file() {
        return file;
    }

    /** The place of the entry read last among those of its file, from 0. */
    public int entry() {
        return entries - 1;
    }

    /** The line that the entry read last begins on, from 1; 0 where the format has no lines. */
    public int line() {
        return line;
    }

    /** Takes entries that are only parts of an example. */
    public interface Diversion {

        /** Whether it has taken the entry. */
        boolean takes(JsonNode entry) throws IOException;
    }

    /** Lets another look at every entry first. */
    public void divert(Diversion to) {
        diversion = to;
    }

    /** Has another choose among the rows; it hands them back by {@link #addChosen}. */
    public void selectBy(CandidateRow.Sink rows) {
        selection = Optional.of(rows);
    }

    /** The file that was begun last has texts alone. */
    public void hasTextsOnly() {
        textsOnly = true;
    }

    /** Rows that are left out on purpose. @param why {@code filter} or {@code sample} */
    public void leaveOut(String why, int rows) {
        if (rows > 0) {
            all += rows;
            leftOut.merge(why, rows, Integer::sum);
        }
    }

    /** A row that was chosen. */
    public void addChosen(CandidateRow row) throws IOException {
        begin(row.file());
        textsOnly = row.textsOnly();
        entries = row.place();
        addSelected(new JsonEntry(row.line(), row.entry(), Optional.empty()));
    }

    /** An entry of a table, or of any other file that has been taken apart. */
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

    /** What an entry of a file that has not texts alone says by itself, which any thread may ask; empty where that is of no use yet. */
    Optional<EntryReading> readAhead(JsonNode entry) {
        return selection.isPresent() || settings.template().isPresent() ? Optional.empty() : Optional.of(EntryReading.of(entry, settings));
    }

    /** An entry that nothing else looks at first. */
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

    /** The rest of the file that is being read, which counts as an entry. */
    public void refuseRest(UnreadableFileException fault) throws IOException {
        String before = entries == 0 ? "" : entries == 1 ? "; its entry before that was read" : "; its " + entries + " entries before that were read";
        refuse(fault.line(), fault.reason() + before, "");
    }

    /** What could not be read as an entry. */
    public void refuse(int line, String message, String content) throws IOException {
        all++;
        check.refuse(entries++, line, message);
        rejects.add(new Reject(check.ofEntry(), check.masked(content)));
    }

    /** Something that stands in the file and is no example, and not meant to be one. */
    public void ignore(String what) {
        check.ignore(what);
    }

    /**
     * What came of all.
     *
     * @throws InvalidDatasetException if there is no example, or an entry that is no example where that is not wanted
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

    /** Reads a JSON array, or JSON objects one after the other. */
    public void readJson(InputStream bytes) throws IOException {
        new JsonData(this, LINE_TO_EXAMPLE * size.largest()).read(bytes);
    }

    /**
     * A refusal of the data as a whole.
     *
     * @param message one sentence that names the place and the way out, and quotes nothing
     */
    public InvalidDatasetException invalid(String message) {
        return invalid(message, message);
    }

    /**
     * A refusal of the file that is being read.
     *
     * @param reason what is wrong with it and the way out, without its name before it; quotes nothing
     */
    public UnreadableFileException unreadable(String reason) {
        return unreadable(0, reason, reason, "");
    }

    /**
     * A refusal of the file that is being read.
     *
     * @param unquoted the reason without anything of the data in it
     * @param more sentences for data that is this file alone
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
