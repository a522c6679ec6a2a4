package dev.apprentice.trainer.training;

/** Thrown to pause a run for another run's turn; it is resumed at its own next turn. */
public class TurnOverException extends RuntimeException {

    private final long nextOffset;

    /** @param nextOffset offset in its batches where the run goes on */
    TurnOverException(long nextOffset) {
        super("another run's turn");
        this.nextOffset = nextOffset;
    }

    public long nextOffset() {
        return nextOffset;
    }
}
