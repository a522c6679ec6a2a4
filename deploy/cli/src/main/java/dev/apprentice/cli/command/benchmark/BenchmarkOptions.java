package dev.apprentice.cli.command.benchmark;

import dev.apprentice.cli.benchmark.BenchmarkModel;
import dev.apprentice.cli.benchmark.CardWatch;
import dev.apprentice.cli.benchmark.Machine;
import dev.apprentice.cli.benchmark.Measurement;
import dev.apprentice.cli.benchmark.Rounds;
import dev.apprentice.cli.benchmark.SpeedTable;
import dev.apprentice.cli.benchmark.Workload;
import dev.apprentice.cli.command.model.ScratchFolder;
import dev.apprentice.cli.command.option.ModelOption;
import dev.apprentice.cli.terminal.Screen;
import dev.apprentice.cli.terminal.Words;
import dev.apprentice.local.CommandException;
import dev.apprentice.local.system.Installation;
import dev.apprentice.model.Device;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.card.GraphicsCards;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.torchscript.NativeLibraries;
import dev.apprentice.model.torchscript.PyTorch;
import dev.apprentice.model.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.Option;

/** Options of all benchmarks, and the output of their results. */
public final class BenchmarkOptions {

    private static final double GIGABYTE = 1e9;

    @Option(
            names = "--size",
            paramLabel = "SIZE",
            defaultValue = "124M",
            description = "GPT-2 with random weights: tiny, 124M, 355M, 774M or 1558M (default: 124M).")
    private String size;

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description = "Measure this model instead: a folder, or hf:organisation/name[@revision].")
    private Optional<String> model;

    @Option(
            names = "--device",
            paramLabel = "DEVICE",
            defaultValue = "cpu",
            description = "cpu, gpu or gpu:N (default: cpu).")
    private String device;

    @Option(names = "--threads", paramLabel = "N", description = "Threads to compute with (default: one a core).")
    private Optional<Integer> threads;

    @Option(names = "--warm-ups", paramLabel = "N", defaultValue = "1", description = "Rounds not counted (default: 1).")
    private int warmUps;

    @Option(names = "--repetitions", paramLabel = "N", defaultValue = "5", description = "Rounds counted (default: 5).")
    private int repetitions;

    /** Work with a model. */
    interface Use {
        void of(ModelFolder folder) throws IOException;
    }

    /** Work with a tokenizer. */
    interface TokenizerUse {
        void of(Path tokenizerJson, int endOfText);
    }

    /**
     * Runs work with a tokenizer, which needs no weights: that of a file, of {@code --model}, or the demo's. In a file and in the
     * demo's, the last token is the end of text.
     */
    void withTokenizer(Screen screen, Optional<Path> file, TokenizerUse use) throws IOException {
        setUp();
        try (ScratchFolder scratch = ScratchFolder.create()) {
            if (file.isPresent()) {
                use.of(file.get(), Tokenizer.vocabularySize(file.get()) - 1);
            } else if (model.isPresent()) {
                ModelFolder folder = ModelFolder.open(new ModelOption(model.get()).folder(screen));
                use.of(folder.path().resolve(ModelFolder.TOKENIZER), folder.configuration().endOfText());
            } else {
                Path demos = BenchmarkModel.writeTokenizer(scratch.folder());
                use.of(demos, Tokenizer.vocabularySize(demos) - 1);
            }
        } catch (ModelException e) {
            throw new CommandException(Words.sentence(e), e);
        }
    }

    /** Runs work with the model, whose temporary folder exists until the work ends. */
    void withModel(Screen screen, Use use) throws IOException {
        setUp();
        requireDevice();
        try (ScratchFolder scratch = ScratchFolder.create()) {
            if (model.isPresent()) {
                use.of(ModelFolder.open(new ModelOption(model.get()).folder(screen)));
                return;
            }
            BenchmarkModel random = random();
            screen.print("Drawing random weights for GPT-2 " + random + ".");
            use.of(random.write(scratch.folder()));
        } catch (ModelException e) {
            throw new CommandException(Words.sentence(e), e);
        }
    }

    private void requireDevice() {
        device();
        try {
            Device.present("--device", device, PyTorch::gpus);
        } catch (IllegalStateException e) {
            throw new CommandException(e.getMessage() + ".");
        }
    }

    /** Returns the device to compute on. */
    Device device() {
        try {
            return Device.parse(device);
        } catch (ModelException e) {
            throw new CommandException(Words.sentence("--device: " + e.getMessage()), e);
        }
    }

    /** Sets up the process. For a card, it uses the CUDA build of libtorch beside the trainer, unless another one is configured. */
    private void setUp() {
        if (device().kind() == Device.Kind.GPU) {
            NativeLibraries.useLibtorchBeside(Installation.current().trainer());
        }
        setThreads();
    }

    private void setThreads() {
        if (repetitions < 1 || warmUps < 0 || threads.filter(number -> number < 1).isPresent()) {
            throw new CommandException("--repetitions and --threads must be at least 1, --warm-ups at least 0.");
        }
        // PyTorch and the JVM's common pool read these properties once, when they start
        threads.ifPresent(number -> {
            System.setProperty("ai.djl.pytorch.num_threads", number.toString());
            System.setProperty("java.util.concurrent.ForkJoinPool.common.parallelism", number.toString());
        });
    }

    private BenchmarkModel random() {
        return Stream.of(BenchmarkModel.values())
                .filter(known -> known.toString().equalsIgnoreCase(size))
                .findFirst()
                .orElseThrow(() -> new CommandException("There is no size " + size + "; --size is tiny, 124M, 355M, 774M or 1558M."));
    }

    /** Measures the workloads and prints the table. */
    List<Measurement> measure(Screen screen, List<Workload> workloads) {
        screen.print("Measuring: " + warmUps + " + " + repetitions + " rounds of " + workloads.size() + ".");
        Optional<CardWatch> watch = cards().flatMap(cards -> cardIndex().map(index -> CardWatch.start(cards, index)));
        List<Measurement> measurements;
        try {
            measurements = new Rounds(warmUps, repetitions).measure(workloads);
        } finally {
            watch.ifPresent(CardWatch::close);
        }
        screen.print("");
        screen.print(Machine.describe());
        cards().ifPresent(cards -> screen.print(cards.description()));
        screen.print("");
        SpeedTable.draw(measurements).forEach(screen::print);
        Machine.peakMemory().ifPresent(bytes ->
                screen.print(String.format(Locale.ROOT, "%nPeak memory of the process: %.1f GB", bytes / GIGABYTE)));
        screen.print(watch.map(CardWatch::describe).orElse("Card idle: " + (device().kind() == Device.Kind.GPU
                ? "unknown, the card's driver does not report which card it is"
                : "not applicable, computed on the CPU")));
        return measurements;
    }

    /** Returns the name of the graphics card that computes; empty for a processor. */
    Optional<String> card() {
        return device().kind() == Device.Kind.GPU
                ? Optional.of(cards().flatMap(cards -> cardIndex().map(cards::name)).orElse("a card that its driver does not name"))
                : Optional.empty();
    }

    private Optional<GraphicsCards> cards() {
        return device().kind() == Device.Kind.GPU ? GraphicsCards.find() : Optional.empty();
    }

    private Optional<Integer> cardIndex() {
        return GraphicsCards.driversIndex(device().index(), System.getenv());
    }
}
