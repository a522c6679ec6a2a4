package dev.apprentice.dataset.example;

import java.util.List;

/** Data that cannot become a dataset. The message is one sentence that names the place and the way out. */
public class InvalidDatasetException extends RuntimeException {

    private final transient List<Violation> violations;
    private final int violationCount;
    private final int refusedEntries;

    InvalidDatasetException(String message, List<Violation> violations, int violationCount, int refusedEntries) {
        super(message);
        this.violations = List.copyOf(violations);
        this.violationCount = violationCount;
        this.refusedEntries = refusedEntries;
    }

    /** The entries at fault, as far as the data was read; at most the first {@value EntryCheck#REPORTED}. */
    public List<Violation> violations() {
        return violations;
    }

    /** How many violations there are in all. */
    public int violationCount() {
        return violationCount;
    }

    /** How many entries have one or more. */
    public int refusedEntries() {
        return refusedEntries;
    }
}
