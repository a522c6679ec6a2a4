package dev.apprentice.dataset.datasets.intake;

/** Taking lines in broke off. What was accepted until then stays accepted. */
public class IntakeException extends RuntimeException {

    private final long accepted;

    IntakeException(long accepted, Throwable cause) {
        super(cause.getMessage(), cause);
        this.accepted = accepted;
    }

    /** How many lines Kafka has. */
    public long accepted() {
        return accepted;
    }
}
