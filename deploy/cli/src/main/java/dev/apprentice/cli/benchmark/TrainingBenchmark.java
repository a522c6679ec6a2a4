package dev.apprentice.cli.benchmark;

import dev.apprentice.contracts.event.Batch;
import dev.apprentice.model.Device;
import dev.apprentice.model.LanguageModel;
import dev.apprentice.model.Precision;
import dev.apprentice.model.TokenBatch;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.tokenizer.Tokenizer;
import dev.apprentice.model.training.FineTuning;
import dev.apprentice.model.training.FineTuningSettings;
import dev.apprentice.model.training.MatmulRate;
import dev.apprentice.model.training.StepMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** Optimizer steps of full fine-tuning, over the same few batches in each round. */
public final class TrainingBenchmark implements AutoCloseable {

    private static final double LEARNING_RATE = 5e-5;
    private static final double GIGA = 1e9;
    private static final double PERCENT = 100;

    private final Precision precision;
    private final LanguageModel model;
    private final FineTuning tuning;
    private final List<TokenBatch> batches;
    private final MatmulRate ceiling;
    private final long parameters;
    private double operations;
    private long tokens;
    private double seconds;

    /**
     * Loads the model and prepares the batches.
     *
     * @param examples the examples; each round goes once through their batches
     * @param stepTokens the least tokens a step takes; batches of 8 examples are joined until they have as many
     */
    public TrainingBenchmark(
            ModelFolder folder, Device device, Precision precision, BenchmarkExamples examples, int stepTokens) {
        this.precision = precision;
        try (Tokenizer tokenizer = folder.tokenizer()) {
            batches = joined(
                    new PreparationBenchmark(
                                    tokenizer, folder.configuration().endOfText(), folder.configuration().contextLength())
                            .prepare(examples.examples()),
                    stepTokens);
        }
        model = LanguageModel.load(folder, device);
        parameters = model.parameterCount();
        tuning = new FineTuning(model, FineTuningSettings.DEFAULTS.withPrecision(precision));
        ceiling = MatmulRate.of(device, precision);
    }

    private static List<TokenBatch> joined(List<Batch> batches, int stepTokens) {
        List<TokenBatch> joined = new ArrayList<>();
        List<Batch> begun = new ArrayList<>();
        int tokens = 0;
        for (Batch batch : batches) {
            begun.add(batch);
            tokens += batch.tokens().length;
            if (tokens >= stepTokens) {
                joined.add(join(begun));
                begun.clear();
                tokens = 0;
            }
        }
        if (joined.isEmpty()) {
            joined.add(join(begun));
        }
        return joined;
    }

    private static TokenBatch join(List<Batch> batches) {
        return new TokenBatch(
                batches.stream().flatMapToInt(batch -> IntStream.of(batch.tokens())).toArray(),
                batches.stream().flatMapToInt(batch -> IntStream.of(batch.rowLengths())).toArray(),
                batches.stream().flatMapToInt(batch -> IntStream.of(batch.promptLengths())).toArray(),
                false);
    }

    /** Returns one round of training as a workload. @param answerOnly whether the loss counts the answers alone */
    public Workload of(boolean answerOnly) {
        String name = "train, " + precision.name().toLowerCase(Locale.ROOT) + (answerOnly ? ", answer only" : "");
        List<TokenBatch> asked = batches.stream()
                .map(batch -> new TokenBatch(batch.tokens(), batch.rowLengths(), batch.promptLengths(), answerOnly))
                .toList();
        return new Workload(name, "tokens", () -> asked.stream().mapToLong(this::learn).sum());
    }

    private long learn(TokenBatch batch) {
        StepMetrics step = tuning.step(List.of(batch), LEARNING_RATE);
        operations += step.operations();
        tokens += step.tokens();
        seconds += step.seconds();
        return step.tokens();
    }

    /** Describes how fast all steps so far multiplied matrices, as a share of the rate for large matrices on this machine. */
    public String matmulShare() {
        return String.format(
                Locale.ROOT,
                "%s: the steps multiplied at %.0f GFLOPS, %.0f %% of the %.0f GFLOPS that large matrices reach here",
                precision.name().toLowerCase(Locale.ROOT),
                operations / seconds / GIGA,
                PERCENT * operations / seconds / ceiling.operationsPerSecond(),
                ceiling.operationsPerSecond() / GIGA);
    }

    /**
     * Describes the model FLOPs utilisation of all steps so far.
     *
     * @param card the graphics card's name; empty for a processor
     */
    public String utilisation(Optional<String> card) {
        return precision.name().toLowerCase(Locale.ROOT) + ": "
                + new Utilisation(Utilisation.TRAINING, parameters, tokens / seconds)
                        .describe(ceiling.operationsPerSecond(), card.map(name -> CardPeak.of(name, precision)));
    }

    @Override
    public void close() {
        tuning.close();
        model.close();
    }
}
