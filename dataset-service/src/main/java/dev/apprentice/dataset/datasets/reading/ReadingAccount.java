package dev.apprentice.dataset.datasets.reading;

import dev.apprentice.dataset.datasets.reading.outcome.IgnoredFields;
import dev.apprentice.dataset.datasets.reading.outcome.InvalidDatasetException;
import dev.apprentice.dataset.datasets.reading.outcome.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts entries. The accepted, refused and deliberately omitted entries add up to all. */
final class ReadingAccount {

    private final IgnoredFields.Counter ignored = new IgnoredFields.Counter();
    private final Map<String, Integer> layouts = new TreeMap<>();
    private final Map<String, Integer> asText = new TreeMap<>();
    private final Map<String, Integer> leftOut = new TreeMap<>();
    private final List<Violation> violations = new ArrayList<>();
    private int violationCount;
    private int accepted;
    private int refused;
    private int all;

    /** Counts an entry, with its used and unused fields. */
    void add(CheckedEntry entry) {
        if (entry.example().isEmpty()) {
            refuse(entry.violations());
            return;
        }
        all++;
        accepted++;
        layouts.merge(entry.layout(), 1, Integer::sum);
        entry.fields().eachUnused(ignored::count);
        entry.fields().asText().forEach(field -> asText.merge(field, 1, Integer::sum));
    }

    /** Counts an unusable entry, or something that cannot be read as one. @param why at least one reason */
    void refuse(List<Violation> why) {
        all++;
        refused++;
        violationCount += why.size();
        violations.addAll(why.subList(0, Math.min(why.size(), InvalidDatasetException.REPORTED - violations.size())));
    }

    /** Counts rows that are left out deliberately. @param why {@code filter} or {@code sample} */
    void leaveOut(String why, int rows) {
        if (rows > 0) {
            all += rows;
            leftOut.merge(why, rows, Integer::sum);
        }
    }

    /** Counts something that is not meant to be an example. */
    void ignore(String what) {
        ignored.count(what);
    }

    int all() {
        return all;
    }

    int accepted() {
        return accepted;
    }

    int refused() {
        return refused;
    }

    /** Tells whether nothing was refused. */
    boolean isClean() {
        return refused == 0;
    }

    IgnoredFields ignored() {
        return ignored.counted();
    }

    /** Returns the number of accepted entries for each layout. */
    Map<String, Integer> layouts() {
        return layouts;
    }

    /** Returns for each field in how many entries a number or boolean was read as text. */
    Map<String, Integer> asText() {
        return asText;
    }

    /** Returns the number of rows left out deliberately, by reason. */
    Map<String, Integer> leftOut() {
        return leftOut;
    }

    /**
     * Creates the refusal of the whole data, with the reasons of the entries.
     *
     * @param unquoted the message without quotations from the data
     */
    InvalidDatasetException refusal(String message, String unquoted) {
        return new InvalidDatasetException(message, unquoted, violations, violationCount, refused);
    }
}
