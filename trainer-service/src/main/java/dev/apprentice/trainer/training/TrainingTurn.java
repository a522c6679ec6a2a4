package dev.apprentice.trainer.training;

/** For how long a run has the trainer to itself. */
@FunctionalInterface
public interface TrainingTurn {

    /**
     * Whether another run should have the trainer now. To be asked between any two steps and while waiting.
     *
     * @param nothingToLearn whether the run waits for batches just now
     */
    boolean isOver(boolean nothingToLearn);
}
