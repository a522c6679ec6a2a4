package dev.apprentice.inference.models;

/**
 * Thrown if a checkpoint cannot be used at the moment; its storage may come back. The message names the file, what is wrong and
 * what to do.
 */
public class CheckpointUnavailableException extends RuntimeException {

    public CheckpointUnavailableException(String message) {
        super(message);
    }

    public CheckpointUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
