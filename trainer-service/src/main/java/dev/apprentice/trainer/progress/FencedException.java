package dev.apprentice.trainer.progress;

/** Another trainer has taken the run; nothing that this one says about it counts any more. */
public class FencedException extends RuntimeException {

    FencedException(String run, Throwable cause) {
        super("another trainer has taken run '" + run + "'", cause);
    }
}
