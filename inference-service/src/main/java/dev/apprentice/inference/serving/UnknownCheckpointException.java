package dev.apprentice.inference.serving;

/** Thrown if the named run or step has no checkpoint here. The message names the run's steps, if it has any. */
public class UnknownCheckpointException extends RuntimeException {

    UnknownCheckpointException(String message) {
        super(message);
    }
}
