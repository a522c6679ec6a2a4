package dev.apprentice.dataset.batches;

/**
 * Thrown when a run cannot be prepared, now or later. The message is one sentence for the run's owner: what is wrong and the way
 * out.
 */
public class PreparationException extends RuntimeException {

    public PreparationException(String message) {
        super(message);
    }

    public PreparationException(String message, Throwable cause) {
        super(message, cause);
    }
}
