package dev.apprentice.trainer.checkpoint;

/** A file of a checkpoint is gone or not as it was written; the message names it. */
final class DamagedCheckpointException extends Exception {

    DamagedCheckpointException(String what) {
        super(what);
    }
}
