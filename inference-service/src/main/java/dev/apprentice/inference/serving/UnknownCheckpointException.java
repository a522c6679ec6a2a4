package dev.apprentice.inference.serving;

/** A run or a step was named that has no checkpoint here. The message names the steps there are. */
public class UnknownCheckpointException extends RuntimeException {

    UnknownCheckpointException(String message) {
        super(message);
    }
}
