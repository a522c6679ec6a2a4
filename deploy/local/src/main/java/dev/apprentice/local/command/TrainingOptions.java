package dev.apprentice.local.command;

import dev.apprentice.contracts.Training;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
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
        if (answerOnly) {
            given.put("maskInstruction", true);
        }
        return given;
    }
}
