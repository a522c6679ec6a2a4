package dev.apprentice.cli.command.benchmark;

import dev.apprentice.cli.benchmark.BenchmarkExamples;
import dev.apprentice.cli.benchmark.PreparationBenchmark;
import dev.apprentice.cli.command.option.OptionRange;
import dev.apprentice.cli.terminal.Screen;
import dev.apprentice.model.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

/** Measures preparation in examples a second. */
@Command(
        name = "prepare",
        description = "Measures how fast examples are formatted, tokenised and cut into batches.",
        sortOptions = false,
        mixinStandardHelpOptions = true)
public final class PrepareBenchmarkCommand implements Callable<Integer> {

    /** GPT-2's context length, in tokens. */
    private static final int CONTEXT = 1_024;

    @ParentCommand private BenchmarkCommand benchmark;

    @Mixin private BenchmarkOptions options;

    @Option(names = "--data", paramLabel = "FILE", description = "The examples, repeated up to --examples (default: the demo's).")
    private Optional<Path> data;

    @Option(names = "--examples", paramLabel = "N", defaultValue = "52000", description = "How many (default: 52000).")
    private int count;

    @Option(
            names = "--tokenizer",
            paramLabel = "FILE",
            description = "A tokenizer.json (default: that of --model, or the demo's).")
    private Optional<Path> tokenizerJson;

    @Override
    public Integer call() throws IOException {
        OptionRange.atLeast("--examples", count, 1);
        BenchmarkExamples examples = BenchmarkExamples.read(data).repeated(count);
        Screen screen = benchmark.apprentice().screen();
        options.withTokenizer(screen, tokenizerJson, (file, endOfText) -> {
            try (Tokenizer tokenizer = Tokenizer.load(file)) {
                options.measure(screen, List.of(new PreparationBenchmark(tokenizer, endOfText, CONTEXT).of(examples)));
            }
        });
        return 0;
    }
}
