package dev.apprentice.local.benchmark;

import dev.apprentice.contracts.Batch;
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
import java.util.List;
import java.util.Locale;

/** Optimizer steps of full fine-tuning on batches of 8 examples: the same few batches again and again. */
public final class TrainingBenchmark implements AutoCloseable {

    private static final double LEARNING_RATE = 5e-5;
    private static final double GIGA = 1e9;
    private static final double PERCENT = 100;

    private final Precision precision;
    private final LanguageModel model;
    private final FineTuning tuning;
    private final List<Batch> batches;
    private final MatmulRate ceiling;
    private double operations;
    private double seconds;

    /** @param examples whose batches each round goes through once */
    public TrainingBenchmark(ModelFolder folder, Precision precision, BenchmarkExamples examples) {
        this.precision = precision;
        try (Tokenizer tokenizer = folder.tokenizer()) {
            batches = new PreparationBenchmark(
                            tokenizer, folder.configuration().endOfText(), folder.configuration().contextLength())
                    .prepare(examples.examples());
        }
        model = LanguageModel.load(folder);
        tuning = new FineTuning(model, FineTuningSettings.DEFAULTS.withPrecision(precision));
        ceiling = MatmulRate.of(Device.CPU, precision);
    }

    /** @param answerOnly whether the loss is that of the answers alone */
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
        seconds += step.seconds();
        return step.tokens();
    }

    /** What all steps so far achieved of the rate that large matrices are multiplied with here, in words. */
    public String matmulShare() {
        return String.format(
                Locale.ROOT,
                "%s: the steps multiplied at %.0f GFLOPS, %.0f %% of the %.0f GFLOPS that large matrices reach here",
                precision.name().toLowerCase(Locale.ROOT),
                operations / seconds / GIGA,
                PERCENT * operations / seconds / ceiling.operationsPerSecond(),
                ceiling.operationsPerSecond() / GIGA);
    }

    @Override
    public void close() {
        tuning.close();
        model.close();
    }
}
