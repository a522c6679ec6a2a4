package dev.apprentice.model.training;

import java.nio.file.Path;
import java.util.List;

/** How a step's gradients are computed and used: one way for processors, one for graphics cards. */
interface Learner extends AutoCloseable {

    /**
     * Computes the gradients of the mean loss over all batches of all ranks, and changes the weights by them.
     *
     * @param batches this rank's
     * @param targets of all ranks' batches
     * @throws dev.apprentice.model.ranks.RankFailedException if another rank could not compute its gradients; the weights are
     *     as before
     */
    Learned learn(List<PackedBatch> batches, long targets, double learningRate);

    /** Steps done, in this process and before. */
    long steps();

    /** The optimizer's moments and the step count. */
    UnsavedTensors state();

    /** @throws dev.apprentice.model.ModelException if the state belongs to a model of another shape */
    void load(Path file);

    @Override
    void close();

    /**
     * @param lossSum over all ranks' targets, before the update
     * @param rightGuesses targets that were the likeliest token
     * @param gradientNorm global norm before clipping
     */
    record Learned(double lossSum, double rightGuesses, double gradientNorm) {}
}
