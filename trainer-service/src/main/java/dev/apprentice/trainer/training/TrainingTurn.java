package dev.apprentice.trainer.training;

/** Decides how long a run has the trainer to itself. */
@FunctionalInterface
public interface TrainingTurn {

    /**
     * Tells whether another run should have the trainer now. Called between any two steps and while waiting.
     *
     * @param nothingToLearn whether the run currently waits for batches
     */
    boolean isOver(boolean nothingToLearn);
}
