package dev.apprentice.trainer.run;

/** The run cannot go on, and trying again would end the same way. The message is for its owner: why, in one sentence. */
public class TrainingFailedException extends RuntimeException {

    public TrainingFailedException(String message) {
        super(message);
    }

    public TrainingFailedException(String message, Throwable cause) {
        super(message, cause);
    }

    /** @param what shows that training has diverged */
    public static TrainingFailedException diverged(String what) {
        return new TrainingFailedException("training has diverged: " + what
                + "; the last checkpoint is kept, a new run may go better with a lower learning rate");
    }
}
