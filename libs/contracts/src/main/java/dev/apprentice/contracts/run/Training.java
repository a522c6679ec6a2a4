package dev.apprentice.contracts.run;

import dev.apprentice.contracts.Require;
import com.fasterxml.jackson.annotation.JsonAlias;
import dev.apprentice.contracts.settings.Setting;
import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The hyper-parameters of a run. The defaults are the textbook's (Raschka, chapter 7).
 *
 * @param epochs passes over the training split, at least 1; a run that learns from a stream has no epochs and ignores it
 * @param batchSize examples in a batch, at least 1
 * @param learningRate AdamW's peak learning rate, greater than 0
 * @param schedule how the learning rate changes after the warm-up
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
 * @param evaluationBatches batches of each split that an evaluation measures
 * @param checkpointEvery steps between two checkpoints besides those at the end of each epoch; empty for those alone
 * @param precision the number format of matrix multiplications; weights and moments are always float32
 * @param gradientAccumulation batches in a step, at least 1; the last step of an epoch may have fewer
 * @param weightDecayOn which weights decay
 * @param activationCheckpointing recompute a block's activations in the backward pass instead of keeping them: less memory, about a
 *     third more work
 * @param lora low-rank adapters to train in place of the model's own weights; empty for full fine-tuning
 * @param checkpointAfter the longest that training goes on without a checkpoint, above zero; empty for no such limit
 * @param keepCheckpoints which checkpoints are kept; empty for all
 * @param maxSteps the most steps that training takes, at least 1; empty for no such limit
 * @param patience of a dataset: training ends early after this many checkpoints in a row, at least 1, without a lower validation
 *     loss than the best before them. Checkpoints at the end of an epoch and those of {@code checkpointEvery} count; empty turns
 *     this off
 * @param labelSmoothing share of each target that is spread evenly over the whole vocabulary, 0 to below 1 (Szegedy et al., 2015);
 *     reported losses are those of the plain targets
 * @param tokensPerBatch the most input tokens that each process computes at once, at least 1. A step's rows are regrouped into
 *     passes of at most this many tokens (a longer row is a pass by itself), whose gradients are accumulated. A step's result does
 *     not depend on it. Empty to compute each batch in one pass
 */
@RecordBuilder
public record Training(
        @Setting(value = "Passes over the training split", option = "--epochs", min = 1, max = 100_000)
                Integer epochs,
        @Setting(value = "Examples in a step", option = "--batch-size", min = 1, max = 100_000)
                Integer batchSize,
        @Setting(value = "AdamW's peak learning rate", option = "--learning-rate", label = "RATE", above = 0, max = 1)
                Double learningRate,
        @Setting(value = "How the learning rate moves", option = "--schedule", label = "NAME")
                Schedule schedule,
        @Setting(value = "Steps to the peak learning rate", option = "--warmup-steps", min = 0)
                Integer warmupSteps,
        @Setting(value = "AdamW's weight decay", option = "--weight-decay", label = "RATE", min = 0, max = 1)
                Double weightDecay,
        @Setting(value = "Decay of AdamW's first moment", min = 0, below = 1)
                Double beta1,
        @Setting(value = "Decay of AdamW's second moment", min = 0, below = 1)
                Double beta2,
        @Setting(value = "What AdamW adds to the denominator", above = 0, max = 1)
                Double epsilon,
        @Setting(value = "Clip gradients to it", option = "--max-gradient-norm", label = "NORM", unset = "no clipping",
                        above = 0, max = 1e9)
                Optional<Double> maxGradientNorm,
        @Setting(value = "Count the loss on the answers' tokens only", option = "--answer-only")
                Boolean maskInstruction,
        @Setting(value = "Leave out an epoch's last batch where it is not full")
                Boolean dropLast,
        @Setting(value = "Of the shuffle, of random weights and of dropout", option = "--seed")
                Long seed,
        @Setting(value = "Steps between two evaluations", option = "--evaluate-every", min = 1)
                Integer evaluateEvery,
        @Setting(value = "Batches an evaluation looks at", option = "--evaluation-batches", min = 1)
                Integer evaluationBatches,
        @Setting(value = "Steps between two checkpoints besides those after each epoch", option = "--checkpoint-every",
                        unset = "none", min = 1)
                Optional<Integer> checkpointEvery,
        @Setting(value = "What matrices are multiplied in, also as fp32 or bf16", option = "--precision",
                        label = "NAME")
                Precision precision,
        @Setting(value = "Batches in a step, to have a large step in little memory", option = "--gradient-accumulation",
                        min = 1, max = 100_000)
                Integer gradientAccumulation,
        @Setting(value = "Which weights decay", option = "--weight-decay-on", label = "WEIGHTS")
                WeightDecayOn weightDecayOn,
        @Setting(value = "Compute activations twice rather than keep them: less memory, about a third more work",
                        option = "--activation-checkpointing")
                Boolean activationCheckpointing,
        @Setting(unset = "all weights are trained")
                Optional<Lora> lora,
        @Setting(value = "The longest time without a checkpoint, such as 90s, 10m or 2h", option = "--checkpoint-after",
                        label = "TIME", unset = "no limit", above = 0)
                Optional<Duration> checkpointAfter,
        @Setting(unset = "all are kept")
                Optional<KeepCheckpoints> keepCheckpoints,
        @Setting(value = "Steps after which training ends at the latest", option = "--max-steps", unset = "none", min = 1)
                Optional<Integer> maxSteps,
        @Setting(value = "End once N checkpoints in a row bring no lower validation loss", option = "--patience",
                        unset = "train to the end", min = 1)
                Optional<Integer> patience,
        @Setting(value = "Share of each target that goes to the whole vocabulary", option = "--label-smoothing",
                        label = "SHARE", min = 0, below = 1)
                Double labelSmoothing,
        @Setting(value = "Tokens computed at once, for any batch size: less memory, or a better filled graphics card",
                        option = "--tokens-per-batch", unset = "each batch at once", min = 1)
                Optional<Integer> tokensPerBatch) {

    /** How the learning rate changes after the warm-up. */
    public enum Schedule {
        CONSTANT,
        LINEAR,
        COSINE
    }

    /** The number format of matrix multiplications. */
    public enum Precision {
        @JsonAlias({"float32", "fp32"})
        FLOAT32,
        @JsonAlias({"bfloat16", "bf16"})
        BFLOAT16
    }

    /** Which weights decay. */
    public enum WeightDecayOn {
        /** All weights, as in the textbook. */
        ALL,
        /** Matrices only: biases and the gains of norms do not decay, as in GPT-3 and most recipes since. */
        MATRICES
    }

    /**
     * Low-rank adaptation (Hu et al., 2021): a matrix W becomes {@code W + alpha/rank · B·A} and only A and B are trained.
     *
     * @param rank columns of B and rows of A, at least 1
     * @param alpha the update's scale times the rank, above 0; twice the rank if
     *     it is left out
     * @param dropout share of the adapter's inputs that a step leaves out, 0 to below 1
     * @param targets name patterns of the matrices that are adapted, such as {@code c_attn} or {@code q_proj}; empty for all
     *     matrices of the blocks
     * @param merge write the weights with the adapter merged besides the adapter; otherwise checkpoints hold the adapter alone,
     *     which names its base model
     */
    public record Lora(
            @Setting(value = "Train low-rank adapters of this rank instead of all weights", option = "--lora-rank",
                            min = 1, max = 100_000)
                    Integer rank,
            @Setting(value = "Scale of the adapters times rank", option = "--lora-alpha", label = "X", unset = "2 x rank",
                            above = 0, max = 1e9)
                    Double alpha,
            @Setting(value = "Dropout before the adapters", option = "--lora-dropout", label = "SHARE", min = 0, below = 1)
                    Double dropout,
            @Setting(value = "Names of the matrices to adapt, such as q_proj,v_proj", option = "--lora-targets",
                            label = "PATTERN", unset = "all of the blocks")
                    List<String> targets,
            @Setting(value = "Write checkpoints with the adapter merged into the weights, too", option = "--lora-merge")
                    Boolean merge) {

        public Lora {
            alpha = alpha == null && rank != null ? Double.valueOf(2.0 * rank) : alpha;
            dropout = dropout == null ? 0.0 : dropout;
            targets = Require.elements(targets, "training.lora.targets");
            merge = merge != null && merge;
        }
    }

    /**
     * Which checkpoints are kept: step 0, the newest and the best ones, and those that a report or an unfinished exam still refers
     * to.
     *
     * @param last how many of the newest are kept, at least 1
     * @param best how many of those with the lowest validation loss are kept, at least 0; 1 if it is left out
     */
    public record KeepCheckpoints(
            @Setting(value = "Keep the newest N checkpoints, the best, and those that a report needs", option = "--keep-last",
                            min = 1)
                    Integer last,
            @Setting(value = "How many of the best by validation loss", option = "--keep-best", min = 0)
                    Integer best) {

        public KeepCheckpoints {
            best = best == null ? 1 : best;
        }
    }

    public static final Training DEFAULTS = TrainingBuilder.builder().build();

    public Training {
        epochs = epochs == null ? 2 : epochs;
        batchSize = batchSize == null ? 8 : batchSize;
        learningRate = learningRate == null ? 5e-5 : learningRate;
        schedule = schedule == null ? Schedule.CONSTANT : schedule;
        warmupSteps = warmupSteps == null ? 0 : warmupSteps;
        weightDecay = weightDecay == null ? 0.1 : weightDecay;
        beta1 = beta1 == null ? 0.9 : beta1;
        beta2 = beta2 == null ? 0.999 : beta2;
        epsilon = epsilon == null ? 1e-8 : epsilon;
        maxGradientNorm = maxGradientNorm == null ? Optional.empty() : maxGradientNorm;
        maskInstruction = maskInstruction != null && maskInstruction;
        dropLast = dropLast == null || dropLast;
        seed = seed == null ? 123L : seed;
        evaluateEvery = evaluateEvery == null ? 5 : evaluateEvery;
        evaluationBatches = evaluationBatches == null ? 5 : evaluationBatches;
        checkpointEvery = checkpointEvery == null ? Optional.empty() : checkpointEvery;
        precision = precision == null ? Precision.FLOAT32 : precision;
        gradientAccumulation = gradientAccumulation == null ? 1 : gradientAccumulation;
        weightDecayOn = weightDecayOn == null ? WeightDecayOn.ALL : weightDecayOn;
        activationCheckpointing = activationCheckpointing != null && activationCheckpointing;
        lora = lora == null ? Optional.empty() : lora;
        checkpointAfter = checkpointAfter == null ? Optional.empty() : checkpointAfter;
        keepCheckpoints = keepCheckpoints == null ? Optional.empty() : keepCheckpoints;
        maxSteps = maxSteps == null ? Optional.empty() : maxSteps;
        patience = patience == null ? Optional.empty() : patience;
        labelSmoothing = labelSmoothing == null ? 0.0 : labelSmoothing;
        tokensPerBatch = tokensPerBatch == null ? Optional.empty() : tokensPerBatch;
    }
}
