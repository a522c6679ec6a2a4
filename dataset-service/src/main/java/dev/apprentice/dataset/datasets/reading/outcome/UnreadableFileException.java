package dev.apprentice.dataset.datasets.reading.outcome;

/** Thrown if a file cannot be read, or not to its end. If there are several files, only the rest of this one is lost. */
public final class UnreadableFileException extends InvalidDatasetException {

    private final int line;
    private final String reason;

    public UnreadableFileException(InvalidDatasetException whole, String message, String unquoted, int line, String reason) {
        super(message, unquoted, whole.violations(), whole.violationCount(), whole.refusedEntries());
        this.line = line;
        this.reason = reason;
    }

    /** Returns the line on which reading ended, from 1; 0 if the format has no lines. */
    public int line() {
        return line;
    }

    /** Returns what is wrong with it and the way out, without the file's name. */
    public String reason() {
        return reason;
    }
}
