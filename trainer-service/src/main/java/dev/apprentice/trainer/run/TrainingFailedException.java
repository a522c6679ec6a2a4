package dev.apprentice.trainer.run;

/** The run cannot go on, and trying again would end the same way. The message tells its owner why, in one sentence. */
public class TrainingFailedException extends RuntimeException {

    public TrainingFailedException(String message) {
        super(message);
    }

    public TrainingFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
