package dev.apprentice.inference.models;

/** A checkpoint cannot be used now. The message names the file, what is wrong and the way out. Storage may come back. */
public class CheckpointUnavailableException extends RuntimeException {

    public CheckpointUnavailableException(String message) {
        super(message);
    }

    public CheckpointUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
