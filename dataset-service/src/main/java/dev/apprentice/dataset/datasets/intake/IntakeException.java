package dev.apprentice.dataset.datasets.intake;

/** Thrown when reading lines is interrupted. What was accepted until then stays accepted. */
public class IntakeException extends RuntimeException {

    private final long accepted;

    IntakeException(long accepted, Throwable cause) {
        super(cause.getMessage(), cause);
        this.accepted = accepted;
    }

    /** Returns how many lines were accepted. */
    public long accepted() {
        return accepted;
    }
}
