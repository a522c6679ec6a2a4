package dev.apprentice.cli.command.benchmark;

import dev.apprentice.cli.benchmark.BenchmarkExamples;
import dev.apprentice.cli.benchmark.TrainingBenchmark;
import dev.apprentice.cli.benchmark.Workload;
import dev.apprentice.cli.command.option.OptionRange;
import dev.apprentice.cli.terminal.Screen;
import dev.apprentice.model.Precision;
import dev.apprentice.model.folder.ModelFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Measures training in tokens a second. */
@Command(
        name = "train",
        description = "Measures optimizer steps of full fine-tuning, with the loss on all tokens and on answers only.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
public final class TrainBenchmarkCommand implements Callable<Integer> {

    private static final int BATCH_SIZE = 8;
    /** A lower bound for an example's tokens; its prompt template alone has more. */
    private static final int FEWEST_TOKENS = 40;
    private static final int MOST_STEPS = 10_000;
    private static final int MOST_STEP_TOKENS = 1_000_000;

    @ParentCommand private BenchmarkCommand benchmark;

    @Mixin private BenchmarkOptions options;

    @Option(names = "--data", paramLabel = "FILE", description = "Examples to learn (default: the demo's).")
    private Optional<Path> data;

    @Option(names = "--steps", paramLabel = "N", defaultValue = "4", description = "Steps in a round, of 8 examples (default: 4).")
    private int steps;

    @Option(
            names = "--step-tokens",
            paramLabel = "N",
            defaultValue = "1",
            description = "The least tokens of a step: batches of 8 examples are joined until they have as many (default: 1)."
                    + " Use about 16000 on a graphics card.")
    private int stepTokens;

    @Option(
            names = "--precision",
            split = ",",
            paramLabel = "NAME",
            defaultValue = "float32,bfloat16",
            description = "What matrices are multiplied in: float32, bfloat16 (default: both).")
    private List<Precision> precisions;

    @Override
    public Integer call() throws IOException {
        OptionRange.within("--steps", steps, 1, MOST_STEPS);
        OptionRange.within("--step-tokens", stepTokens, 1, MOST_STEP_TOKENS);
        BenchmarkExamples examples = BenchmarkExamples.read(data);
        BenchmarkExamples some = stepTokens > 1
                ? examples.repeated(steps * (stepTokens / FEWEST_TOKENS + BATCH_SIZE))
                : new BenchmarkExamples(examples.examples().subList(0, Math.min(steps * BATCH_SIZE, examples.examples().size())));
        Screen screen = benchmark.apprentice().screen();
        options.withModel(screen, folder -> measure(screen, folder, some));
        return 0;
    }

    private void measure(Screen screen, ModelFolder folder, BenchmarkExamples examples) {
        List<TrainingBenchmark> models = new ArrayList<>();
        try {
            List<Workload> workloads = new ArrayList<>();
            for (Precision precision : precisions) {
                TrainingBenchmark model = new TrainingBenchmark(folder, options.device(), precision, examples, stepTokens);
                models.add(model);
                workloads.add(model.of(false));
                workloads.add(model.of(true));
            }
            options.measure(screen, workloads);
            models.forEach(model -> screen.print(model.matmulShare()));
            models.forEach(model -> screen.print(model.utilisation(options.card())));
        } finally {
            models.forEach(TrainingBenchmark::close);
        }
    }
}
