package dev.apprentice.model.training;

import dev.apprentice.model.training.batch.PackedBatch;
import java.nio.file.Path;
import java.util.List;

/** The parts of a training step, implemented once for processors and once for graphics cards. */
interface Learner extends AutoCloseable {

    /** Begins a step, without gradients yet. Closing the step frees its memory. */
    Step begin();

    /** Returns the number of steps done, in this process and before. */
    long steps();

    /** Returns the optimizer's moments and the step count. */
    UnsavedTensors state();

    /** @throws dev.apprentice.model.ModelException if the state belongs to a model of another shape */
    void load(Path file);

    @Override
    void close();

    /** One update of the weights. Each method is called once, in this order. */
    interface Step extends AutoCloseable {

        /**
         * Runs each batch forward to the loss and backward, and adds up the gradients.
         *
         * @param batches this rank's, any number
         * @param targets the number of targets of all ranks' batches; the gradients are those of their mean loss
         * @return this step
         */
        Step forwardAndBackward(List<PackedBatch> batches, long targets);

        /** Replaces every rank's gradients and figures with their sums over all ranks. */
        void allReduce();

        /** Clips the gradients to the settings' norm and updates the weights with AdamW. Waits for the result. */
        Learned clipAndUpdate(double learningRate);

        @Override
        void close();
    }

    /**
     * The figures of a step.
     *
     * @param lossSum over all ranks' targets, before the update
     * @param rightGuesses number of targets that were the likeliest token
     * @param gradientNorm global norm before clipping
     */
    record Learned(double lossSum, double rightGuesses, double gradientNorm) {}
}
