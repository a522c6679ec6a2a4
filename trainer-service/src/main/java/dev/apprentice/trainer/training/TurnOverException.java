package dev.apprentice.trainer.training;

/** Work on a run ends here for another run's sake, to be resumed when its turn comes. */
public class TurnOverException extends RuntimeException {

    private final long nextOffset;

    /** @param nextOffset where in its batches the run would have read on */
    TurnOverException(long nextOffset) {
        super("another run's turn");
        this.nextOffset = nextOffset;
    }

    public long nextOffset() {
        return nextOffset;
    }
}
