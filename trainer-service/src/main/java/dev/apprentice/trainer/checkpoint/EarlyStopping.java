package dev.apprentice.trainer.checkpoint;

/**
 * What early stopping remembers of a run's checkpoints.
 *
 * @param lowestLoss the lowest validation loss of a checkpoint so far
 * @param step that checkpoint's step
 * @param checkpointsSince number of consecutive checkpoints since then, none of which had a lower loss
 */
public record EarlyStopping(double lowestLoss, int step, int checkpointsSince) {

    /** Returns the record after one more checkpoint. An equal loss is no improvement. */
    EarlyStopping after(double loss, int atStep) {
        return loss < lowestLoss ? new EarlyStopping(loss, atStep, 0) : new EarlyStopping(lowestLoss, step, checkpointsSince + 1);
    }
}
