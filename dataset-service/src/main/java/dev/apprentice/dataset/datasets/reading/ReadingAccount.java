package dev.apprentice.dataset.datasets.reading;

import dev.apprentice.dataset.datasets.reading.outcome.IgnoredFields;
import dev.apprentice.dataset.datasets.reading.outcome.InvalidDatasetException;
import dev.apprentice.dataset.datasets.reading.outcome.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts what entries come to. Those accepted, refused and left out on purpose add up to all. */
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

    /** An entry, with what of it was used and what was not. */
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

    /** What cannot be used as an entry, or not even be read as one. @param why at least one reason */
    void refuse(List<Violation> why) {
        all++;
        refused++;
        violationCount += why.size();
        violations.addAll(why.subList(0, Math.min(why.size(), InvalidDatasetException.REPORTED - violations.size())));
    }

    /** Rows that are left out on purpose. @param why {@code filter} or {@code sample} */
    void leaveOut(String why, int rows) {
        if (rows > 0) {
            all += rows;
            leftOut.merge(why, rows, Integer::sum);
        }
    }

    /** Something that is no example, and not meant to be one. */
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

    /** Whether nothing was refused. */
    boolean isClean() {
        return refused == 0;
    }

    IgnoredFields ignored() {
        return ignored.counted();
    }

    /** How many of the accepted were laid out how. */
    Map<String, Integer> layouts() {
        return layouts;
    }

    /** In how many entries a field is a number, or true or false, and was read as text. */
    Map<String, Integer> asText() {
        return asText;
    }

    /** How many rows were left out on purpose, by why. */
    Map<String, Integer> leftOut() {
        return leftOut;
    }

    /** A refusal of the whole, with the reasons of the entries. @param unquoted the message without anything of the data in it */
    InvalidDatasetException refusal(String message, String unquoted) {
        return new InvalidDatasetException(message, unquoted, violations, violationCount, refused);
    }
}
