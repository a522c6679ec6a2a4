package dev.apprentice.trainer.run;

/** Thrown if the run cannot go on, and another attempt would end in the same way. The message tells its owner why, in one sentence. */
public class TrainingFailedException extends RuntimeException {

    public TrainingFailedException(String message) {
        super(message);
    }

    public TrainingFailedException(String message, Throwable cause) {
        super(message, cause);
    }

    /** @param what the evidence that training has diverged */
    public static TrainingFailedException diverged(String what) {
        return new TrainingFailedException("training has diverged: " + what
                + "; the last checkpoint is kept. Start a new run with a lower learning rate");
    }
}
