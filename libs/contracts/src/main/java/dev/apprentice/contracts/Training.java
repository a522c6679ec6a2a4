package dev.apprentice.contracts;

import java.util.Optional;

/**
 * The hyper-parameters of a run. The defaults are the textbook's (Raschka, chapter 7).
 *
 * @param epochs passes over the training split, at least 1
 * @param batchSize examples in a step, at least 1
 * @param learningRate AdamW's peak learning rate, greater than 0
 * @param schedule how the learning rate moves after the warm-up
 * @param warmupSteps steps over which the learning rate rises linearly to its peak
 * @param weightDecay AdamW's decoupled weight decay
 * @param beta1 decay of the first moment, 0 to 1
 * @param beta2 decay of the second moment, 0 to 1
 * @param epsilon added to the denominator
 * @param maxGradientNorm gradients are scaled down to this global norm; empty means no clipping
 * @param maskInstruction count the loss on the answer's tokens only
 * @param dropLast leave out an epoch's last batch where it is not full, as the textbook does
 * @param seed of the shuffle and of random weights
 * @param evaluateEvery steps between two evaluations
 * @param evaluationBatches batches of each split that an evaluation looks at
 * @param checkpointEvery steps between two checkpoints besides those at the end of each epoch; empty for those alone
 */
public record Training(
        int epochs,
        int batchSize,
        double learningRate,
        Schedule schedule,
        int warmupSteps,
        double weightDecay,
        double beta1,
        double beta2,
        double epsilon,
        Optional<Double> maxGradientNorm,
        boolean maskInstruction,
        boolean dropLast,
        long seed,
        int evaluateEvery,
        int evaluationBatches,
        Optional<Integer> checkpointEvery) {

    /** How the learning rate moves once the warm-up is over. */
    public enum Schedule {
        CONSTANT,
        LINEAR,
        COSINE
    }

    public static final Training DEFAULTS = new Training(
            2, 8, 5e-5, Schedule.CONSTANT, 0, 0.1, 0.9, 0.999, 1e-8, Optional.empty(), false, true, 123, 5, 5,
            Optional.empty());

    public Training {
        Require.atLeast(1, epochs, "training.epochs");
        Require.atLeast(1, batchSize, "training.batchSize");
        Require.atLeast(0, warmupSteps, "training.warmupSteps");
        Require.atLeast(1, evaluateEvery, "training.evaluateEvery");
        Require.atLeast(1, evaluationBatches, "training.evaluationBatches");
        schedule = schedule == null ? Schedule.CONSTANT : schedule;
        maxGradientNorm = maxGradientNorm == null ? Optional.empty() : maxGradientNorm;
        checkpointEvery = checkpointEvery == null ? Optional.empty() : checkpointEvery;
        checkpointEvery.ifPresent(steps -> Require.atLeast(1, steps, "training.checkpointEvery"));
        if (!(learningRate > 0)) {
            throw new InvalidEventException("field 'training.learningRate' is " + learningRate + "; it must be above 0");
        }
    }
}
