package dev.apprentice.inference.serving;

/** Thrown if no checkpoint has been announced yet. */
public class NoCheckpointException extends RuntimeException {

    NoCheckpointException(String message) {
        super(message);
    }
}
