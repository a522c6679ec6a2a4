package dev.apprentice.model.training;

import dev.apprentice.model.training.batch.PackedBatch;
import java.nio.file.Path;
import java.util.List;

/** What a step of training is made of: one way for processors, one for graphics cards. */
interface Learner extends AutoCloseable {

    /** Begins a step without gradients. What it needs of memory is freed when it is closed. */
    Step begin();

    /** Steps done, in this process and before. */
    long steps();

    /** The optimizer's moments and the step count. */
    UnsavedTensors state();

    /** @throws dev.apprentice.model.ModelException if the state belongs to a model of another shape */
    void load(Path file);

    @Override
    void close();

    /** One update of the weights. Its methods are called once each, in this order. */
    interface Step extends AutoCloseable {

        /**
         * Goes through each batch forward, to the loss, and backward, and adds up the gradients.
         *
         * @param batches this rank's, any number
         * @param targets of all ranks' batches, by whose mean loss the gradients are
         * @return this step
         */
        Step forwardAndBackward(List<PackedBatch> batches, long targets);

        /** Has every rank's gradients and figures be their sums over all ranks. */
        void allReduce();

        /** Clips the gradients to the settings' norm, and has AdamW change the weights by them. Waits for the result. */
        Learned clipAndUpdate(double learningRate);

        @Override
        void close();
    }

    /**
     * @param lossSum over all ranks' targets, before the update
     * @param rightGuesses targets that were the likeliest token
     * @param gradientNorm global norm before clipping
     */
    record Learned(double lossSum, double rightGuesses, double gradientNorm) {}
}
