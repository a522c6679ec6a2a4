package dev.apprentice.trainer.progress;

/** Thrown if another trainer has taken the run; what this one publishes about the run no longer counts. */
public class FencedException extends RuntimeException {

    FencedException(String run, Throwable cause) {
        super("another trainer has taken run '" + run + "'", cause);
    }
}
