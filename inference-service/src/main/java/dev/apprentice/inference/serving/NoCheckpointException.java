package dev.apprentice.inference.serving;

/** There is nothing to answer with yet. */
public class NoCheckpointException extends RuntimeException {

    NoCheckpointException(String message) {
        super(message);
    }
}
