package dev.apprentice.dataset.datasets.reading;

/** A file that cannot be read, or not to its end. Where it is one of several, it costs only what was not read of it. */
public final class UnreadableFileException extends InvalidDatasetException {

    private final int line;
    private final String reason;

    UnreadableFileException(InvalidDatasetException whole, String message, String unquoted, int line, String reason) {
        super(message, unquoted, whole.violations(), whole.violationCount(), whole.refusedEntries());
        this.line = line;
        this.reason = reason;
    }

    /** The line that reading ended on, from 1; 0 where the format has no lines. */
    public int line() {
        return line;
    }

    /** What is wrong with it and the way out, without the file's name before it. */
    public String reason() {
        return reason;
    }
}
