package dev.apprentice.dataset.datasets.reading;

import java.util.List;

/** Data that cannot become a dataset. The message is one sentence that names the place and the way out. */
public class InvalidDatasetException extends RuntimeException {

    private final transient List<Violation> violations;
    private final int violationCount;
    private final int refusedEntries;
    private final String unquoted;

    /** @param unquoted the message without anything of the data in it */
    public InvalidDatasetException(
            String message, String unquoted, List<Violation> violations, int violationCount, int refusedEntries) {
        super(message);
        this.unquoted = unquoted;
        this.violations = List.copyOf(violations);
        this.violationCount = violationCount;
        this.refusedEntries = refusedEntries;
    }

    /** The same refusal of data that its sender has not seen: it quotes nothing. */
    public InvalidDatasetException unquoted() {
        List<Violation> places = violations.stream().map(Violation::withoutId).toList();
        return new InvalidDatasetException(unquoted, unquoted, places, violationCount, refusedEntries);
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
