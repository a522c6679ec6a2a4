package dev.apprentice.trainer.checkpoint;

/** Thrown if a file of a checkpoint is missing or is not as it was written; the message names it. */
final class DamagedCheckpointException extends Exception {

    DamagedCheckpointException(String what) {
        super(what);
    }
}
