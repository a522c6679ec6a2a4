package dev.apprentice.contracts;

import com.fasterxml.jackson.annotation.JsonAlias;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The hyper-parameters of a run. The defaults are the textbook's (Raschka, chapter 7).
 *
 * @param epochs passes over the training split, at least 1; a run that learns from a stream has no epochs and ignores it
 * @param batchSize examples in a batch, at least 1
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
 * @param seed of the shuffle, of random weights and of dropout
 * @param evaluateEvery steps between two evaluations
 * @param evaluationBatches batches of each split that an evaluation looks at
 * @param checkpointEvery steps between two checkpoints besides those at the end of each epoch; empty for those alone
 * @param precision what matrices are multiplied in; weights and moments are float32 in any case
 * @param gradientAccumulation batches in a step, at least 1; the last step of an epoch may have fewer
 * @param weightDecayOn which weights decay
 * @param activationCheckpointing compute a block's activations again on the way back instead of keeping them: less memory,
 *     about a third more work
 * @param lora low-rank adapters to train in place of the model's own weights; empty for full fine-tuning
 * @param checkpointAfter the longest that training goes on without a checkpoint, above zero; empty for no such limit
 * @param keepCheckpoints which checkpoints are kept; empty for all
 * @param maxSteps training ends after so many steps at the latest, at least 1; empty for no such limit
 * @param patience of a dataset: training ends once so many checkpoints in a row, at least 1, have brought no lower validation
 *     loss than the best before them. Those at the end of an epoch and those of {@code checkpointEvery} count; empty to train
 *     to the end in any case
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
        Optional<Integer> checkpointEvery,
        Precision precision,
        Integer gradientAccumulation,
        WeightDecayOn weightDecayOn,
        Boolean activationCheckpointing,
        Optional<Lora> lora,
        Optional<Duration> checkpointAfter,
        Optional<KeepCheckpoints> keepCheckpoints,
        Optional<Integer> maxSteps,
        Optional<Integer> patience) {

    /** How the learning rate moves once the warm-up is over. */
    public enum Schedule {
        CONSTANT,
        LINEAR,
        COSINE
    }

    /** What matrices are multiplied in. */
    public enum Precision {
        @JsonAlias({"float32", "fp32"})
        FLOAT32,
        @JsonAlias({"bfloat16", "bf16"})
        BFLOAT16
    }

    /** Which weights decay. */
    public enum WeightDecayOn {
        /** Every one, as the textbook does. */
        ALL,
        /** Matrices only: biases and the gains of norms are left alone, as in GPT-3 and most recipes since. */
        MATRICES
    }

    /**
     * Low-rank adaptation (Hu et al., 2021): a matrix W becomes {@code W + alpha/rank · B·A} and only A and B are trained.
     *
     * @param rank columns of B and rows of A, at least 1
     * @param alpha the update's scale times the rank, above 0; twice the rank where it is left out
     * @param dropout share of the adapter's inputs that a step leaves out, 0 to below 1
     * @param targets name patterns of the matrices that are adapted, such as {@code c_attn} or {@code q_proj}; empty for all
     *     matrices of the blocks
     * @param merge write the weights with the adapter merged besides the adapter; otherwise checkpoints hold the adapter
     *     alone, which names its base model
     */
    public record Lora(int rank, Double alpha, Double dropout, List<String> targets, Boolean merge) {

        public Lora {
            Require.atLeast(1, rank, "training.lora.rank");
            alpha = alpha == null ? 2.0 * rank : alpha;
            Require.above(0, alpha, "training.lora.alpha");
            dropout = dropout == null ? 0.0 : dropout;
            Require.between(0, Math.nextDown(1.0), dropout, "training.lora.dropout");
            targets = targets == null ? List.of() : List.copyOf(targets);
            merge = merge != null && merge;
        }
    }

    /**
     * Which checkpoints are kept: step 0, the newest and the best ones, and besides them whatever a report or an unfinished
     * exam still refers to.
     *
     * @param last how many of the newest, at least 1
     * @param best how many of those with the lowest validation loss, at least 0; 1 where it is left out
     */
    public record KeepCheckpoints(int last, Integer best) {

        public KeepCheckpoints {
            Require.atLeast(1, last, "training.keepCheckpoints.last");
            best = Require.atLeast(0, best == null ? 1 : best, "training.keepCheckpoints.best");
        }
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
        Require.above(0, learningRate, "training.learningRate");
        precision = precision == null ? Precision.FLOAT32 : precision;
        gradientAccumulation = Require.atLeast(
                1, gradientAccumulation == null ? 1 : gradientAccumulation, "training.gradientAccumulation");
        weightDecayOn = weightDecayOn == null ? WeightDecayOn.ALL : weightDecayOn;
        activationCheckpointing = activationCheckpointing != null && activationCheckpointing;
        lora = lora == null ? Optional.empty() : lora;
        checkpointAfter = checkpointAfter == null ? Optional.empty() : checkpointAfter;
        checkpointAfter.ifPresent(duration -> Require.aboveZero(duration, "training.checkpointAfter"));
        keepCheckpoints = keepCheckpoints == null ? Optional.empty() : keepCheckpoints;
        maxSteps = maxSteps == null ? Optional.empty() : maxSteps;
        maxSteps.ifPresent(steps -> Require.atLeast(1, steps, "training.maxSteps"));
        patience = patience == null ? Optional.empty() : patience;
        patience.ifPresent(checkpoints -> Require.atLeast(1, checkpoints, "training.patience"));
    }

    /** Full fine-tuning in float32 that keeps every checkpoint, one batch a step. */
    public Training(
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
        this(
                epochs,
                batchSize,
                learningRate,
                schedule,
                warmupSteps,
                weightDecay,
                beta1,
                beta2,
                epsilon,
                maxGradientNorm,
                maskInstruction,
                dropLast,
                seed,
                evaluateEvery,
                evaluationBatches,
                checkpointEvery,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }
}
