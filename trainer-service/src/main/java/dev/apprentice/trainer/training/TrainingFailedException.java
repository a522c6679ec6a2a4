package dev.apprentice.trainer.training;

/** The run cannot go on, and trying again would end the same way. The message tells its owner why, in one sentence. */
class TrainingFailedException extends RuntimeException {

    TrainingFailedException(String message) {
        super(message);
    }

    TrainingFailedException(String message, Throwable cause) {
        super(message, cause);
    }
}
