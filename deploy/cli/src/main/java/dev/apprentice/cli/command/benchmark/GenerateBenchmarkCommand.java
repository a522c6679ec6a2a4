package dev.apprentice.cli.command.benchmark;

import dev.apprentice.cli.benchmark.GenerationBenchmark;
import dev.apprentice.cli.benchmark.Measurement;
import dev.apprentice.cli.benchmark.Workload;
import dev.apprentice.cli.command.option.OptionRange;
import dev.apprentice.cli.terminal.Screen;
import dev.apprentice.model.Precision;
import dev.apprentice.model.folder.ModelFolder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Measures greedy generation in tokens a second. */
@Command(
        name = "generate",
        description = "Measures greedy generation: prompts of 40 to 80 tokens, continued together.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
public final class GenerateBenchmarkCommand implements Callable<Integer> {

    @ParentCommand private BenchmarkCommand benchmark;

    @Mixin private BenchmarkOptions options;

    @Option(
            names = "--prompts",
            split = ",",
            paramLabel = "N",
            defaultValue = "32,1",
            description = "How many are continued together (default: 32,1).")
    private List<Integer> prompts;

    @Option(names = "--new-tokens", paramLabel = "N", defaultValue = "64", description = "Tokens for each (default: 64).")
    private int newTokens;

    @Option(
            names = "--precision",
            split = ",",
            paramLabel = "NAME",
            defaultValue = "float32,bfloat16",
            description = "What the weights are held and multiplied in: float32, bfloat16 (default: both).")
    private List<Precision> precisions;

    @Override
    public Integer call() throws IOException {
        prompts.forEach(number -> OptionRange.atLeast("--prompts", number, 1));
        OptionRange.atLeast("--new-tokens", newTokens, 1);
        Screen screen = benchmark.apprentice().screen();
        options.withModel(screen, folder -> measure(screen, folder));
        return 0;
    }

    private void measure(Screen screen, ModelFolder folder) {
        List<GenerationBenchmark> models = new ArrayList<>();
        try {
            List<Workload> workloads = new ArrayList<>();
            for (Precision precision : precisions) {
                GenerationBenchmark model = new GenerationBenchmark(folder, options.device(), precision, newTokens);
                models.add(model);
                prompts.forEach(number -> workloads.add(model.of(number)));
            }
            List<Measurement> measured = options.measure(screen, workloads);
            models.forEach(model -> model.utilisation(measured, options.card()).forEach(screen::print));
        } finally {
            models.forEach(GenerationBenchmark::close);
        }
    }
}
