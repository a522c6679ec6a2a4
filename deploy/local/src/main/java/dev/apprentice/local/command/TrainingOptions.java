package dev.apprentice.local.command;

import dev.apprentice.contracts.Training;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** Hyper-parameters on the command line; the defaults are trainer-service's, which are the textbook's. */
final class TrainingOptions {

    @Option(names = "--epochs", paramLabel = "N", description = "Passes over the training split (default: 2).")
    private Optional<Integer> epochs;

    @Option(names = "--batch-size", paramLabel = "N", description = "Examples in a step (default: 8).")
    private Optional<Integer> batchSize;

    @Option(names = "--learning-rate", paramLabel = "RATE", description = "AdamW's peak learning rate (default: 5e-5).")
    private Optional<Double> learningRate;

    @Option(
            names = "--schedule",
            paramLabel = "NAME",
            description = "How the learning rate moves: ${COMPLETION-CANDIDATES} (default: constant).")
    private Optional<Training.Schedule> schedule;

    @Option(names = "--warmup-steps", paramLabel = "N", description = "Steps to the peak learning rate (default: 0).")
    private Optional<Integer> warmupSteps;

    @Option(names = "--weight-decay", paramLabel = "RATE", description = "AdamW's weight decay (default: 0.1).")
    private Optional<Double> weightDecay;

    @Option(names = "--max-gradient-norm", paramLabel = "NORM", description = "Clip gradients to it (default: no clipping).")
    private Optional<Double> maxGradientNorm;

    @Option(names = "--seed", paramLabel = "N", description = "Of the shuffle and of random weights (default: 123).")
    private Optional<Long> seed;

    @Option(names = "--answer-only", description = "Count the loss on the answers' tokens only.")
    private boolean answerOnly;

    @Option(names = "--evaluate-every", paramLabel = "N", description = "Steps between two evaluations (default: 5).")
    private Optional<Integer> evaluateEvery;

    @Option(names = "--evaluation-batches", paramLabel = "N", description = "Batches an evaluation looks at (default: 5).")
    private Optional<Integer> evaluationBatches;

    @Option(
            names = "--checkpoint-every",
            paramLabel = "N",
            description = "Steps between two checkpoints besides those after each epoch (default: none).")
    private Optional<Integer> checkpointEvery;

    @Option(
            names = "--checkpoint-after",
            paramLabel = "TIME",
            converter = DurationConverter.class,
            description = "The longest time without a checkpoint, such as 90s, 10m or 2h (default: no limit).")
    private Optional<Duration> checkpointAfter;

    @Option(names = "--max-steps", paramLabel = "N", description = "Steps after which training ends at the latest (default: none).")
    private Optional<Integer> maxSteps;

    @Option(
            names = "--patience",
            paramLabel = "N",
            description = "End once N checkpoints in a row bring no lower validation loss (default: train to the end).")
    private Optional<Integer> patience;

    @ArgGroup(exclusive = false)
    private Keep keep;

    @Option(
            names = "--precision",
            paramLabel = "NAME",
            description = "What matrices are multiplied in: float32 or bfloat16, also fp32 or bf16 (default: float32).")
    private Optional<Training.Precision> precision;

    @Option(
            names = "--gradient-accumulation",
            paramLabel = "N",
            description = "Batches in a step, to have a large step in little memory (default: 1).")
    private Optional<Integer> gradientAccumulation;

    @Option(
            names = "--weight-decay-on",
            paramLabel = "WEIGHTS",
            description = "Which weights decay: ${COMPLETION-CANDIDATES} (default: all).")
    private Optional<Training.WeightDecayOn> weightDecayOn;

    @Option(
            names = "--activation-checkpointing",
            description = "Compute activations twice rather than keep them: less memory, about a third more work.")
    private boolean activationCheckpointing;

    @ArgGroup(exclusive = false)
    private Lora lora;

    /** Which checkpoints stay. */
    static final class Keep {

        @Option(
                names = "--keep-last",
                required = true,
                paramLabel = "N",
                description = "Keep the newest N checkpoints, the best, and those that a report needs (default: all).")
        private int last;

        @Option(names = "--keep-best", paramLabel = "N", description = "How many of the best by validation loss (default: 1).")
        private Optional<Integer> best;

        private Map<String, Object> given() {
            Map<String, Object> given = new LinkedHashMap<>();
            given.put("last", last);
            best.ifPresent(value -> given.put("best", value));
            return given;
        }
    }

    /** Low-rank adapters. */
    static final class Lora {

        @Option(
                names = "--lora-rank",
                required = true,
                paramLabel = "N",
                description = "Train low-rank adapters of this rank instead of all weights.")
        private int rank;

        @Option(names = "--lora-alpha", paramLabel = "X", description = "Scale of the adapters times rank (default: 2 x rank).")
        private Optional<Double> alpha;

        @Option(names = "--lora-dropout", paramLabel = "SHARE", description = "Dropout before the adapters (default: 0).")
        private Optional<Double> dropout;

        @Option(
                names = "--lora-targets",
                paramLabel = "PATTERN",
                split = ",",
                description = "Names of the matrices to adapt, such as q_proj,v_proj (default: all of the blocks).")
        private List<String> targets = List.of();

        @Option(names = "--lora-merge", description = "Write checkpoints with the adapter merged into the weights, too.")
        private boolean merge;

        private Map<String, Object> given() {
            Map<String, Object> given = new LinkedHashMap<>();
            given.put("rank", rank);
            alpha.ifPresent(value -> given.put("alpha", value));
            dropout.ifPresent(value -> given.put("dropout", value));
            if (!targets.isEmpty()) {
                given.put("targets", targets);
            }
            if (merge) {
                given.put("merge", true);
            }
            return given;
        }
    }

    /** What was given, under the names of {@link Training}. */
    Map<String, Object> given() {
        Map<String, Object> given = new LinkedHashMap<>();
        epochs.ifPresent(value -> given.put("epochs", value));
        batchSize.ifPresent(value -> given.put("batchSize", value));
        learningRate.ifPresent(value -> given.put("learningRate", value));
        schedule.ifPresent(value -> given.put("schedule", value));
        warmupSteps.ifPresent(value -> given.put("warmupSteps", value));
        weightDecay.ifPresent(value -> given.put("weightDecay", value));
        maxGradientNorm.ifPresent(value -> given.put("maxGradientNorm", value));
        seed.ifPresent(value -> given.put("seed", value));
        evaluateEvery.ifPresent(value -> given.put("evaluateEvery", value));
        evaluationBatches.ifPresent(value -> given.put("evaluationBatches", value));
        checkpointEvery.ifPresent(value -> given.put("checkpointEvery", value));
        checkpointAfter.ifPresent(value -> given.put("checkpointAfter", value.toString()));
        maxSteps.ifPresent(value -> given.put("maxSteps", value));
        patience.ifPresent(value -> given.put("patience", value));
        precision.ifPresent(value -> given.put("precision", value));
        gradientAccumulation.ifPresent(value -> given.put("gradientAccumulation", value));
        weightDecayOn.ifPresent(value -> given.put("weightDecayOn", value));
        if (answerOnly) {
            given.put("maskInstruction", true);
        }
        if (activationCheckpointing) {
            given.put("activationCheckpointing", true);
        }
        if (lora != null) {
            given.put("lora", lora.given());
        }
        if (keep != null) {
            given.put("keepCheckpoints", keep.given());
        }
        return given;
    }
}
