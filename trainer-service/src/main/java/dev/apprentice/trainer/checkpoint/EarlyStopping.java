package dev.apprentice.trainer.checkpoint;

/**
 * What a run with patience has seen so far.
 *
 * @param lowestLoss the lowest validation loss of a checkpoint
 * @param step that checkpoint's step
 * @param checkpointsSince how many checkpoints in a row have brought no lower one
 */
public record EarlyStopping(double lowestLoss, int step, int checkpointsSince) {

    /** After one more checkpoint. A loss that is alike is no improvement. */
    EarlyStopping after(double loss, int atStep) {
        return loss < lowestLoss ? new EarlyStopping(loss, atStep, 0) : new EarlyStopping(lowestLoss, step, checkpointsSince + 1);
    }
}
