package dev.apprentice.dataset.datasets.reading.outcome;

import java.util.List;

/** Thrown if data cannot become a dataset. The message is one sentence that names the place and the way out. */
public class InvalidDatasetException extends RuntimeException {

    /** The most violations that are listed; further ones are only counted. */
    public static final int REPORTED = 100;

    private final transient List<Violation> violations;
    private final int violationCount;
    private final int refusedEntries;
    private final String unquoted;

    /** @param unquoted the message without quotations from the data */
    public InvalidDatasetException(
            String message, String unquoted, List<Violation> violations, int violationCount, int refusedEntries) {
        super(message);
        this.unquoted = unquoted;
        this.violations = List.copyOf(violations);
        this.violationCount = violationCount;
        this.refusedEntries = refusedEntries;
    }

    /** Returns this refusal without quotations, for data that the client has not seen. */
    public InvalidDatasetException unquoted() {
        List<Violation> places = violations.stream().map(Violation::withoutId).toList();
        return new InvalidDatasetException(unquoted, unquoted, places, violationCount, refusedEntries);
    }

    /** Returns the first violations, at most {@value #REPORTED}, of the part of the data that was read. */
    public List<Violation> violations() {
        return violations;
    }

    /** Returns the number of all violations. */
    public int violationCount() {
        return violationCount;
    }

    /** Returns the number of entries with violations. */
    public int refusedEntries() {
        return refusedEntries;
    }
}
