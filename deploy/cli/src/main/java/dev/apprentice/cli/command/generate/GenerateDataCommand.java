package dev.apprentice.cli.command.generate;

import dev.apprentice.cli.Apprentice;
import dev.apprentice.cli.command.option.OptionRange;
import dev.apprentice.cli.document.DocumentFiles;
import dev.apprentice.cli.generate.AnswerImprovement;
import dev.apprentice.cli.generate.AskedModel;
import dev.apprentice.cli.generate.ComparingJudge;
import dev.apprentice.cli.generate.DocumentGeneration;
import dev.apprentice.cli.generate.ScoringJudge;
import dev.apprentice.cli.generate.SeedGeneration;
import dev.apprentice.cli.generate.file.GeneratedFiles;
import dev.apprentice.local.CommandException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.logging.Level;
import java.util.logging.Logger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/** Has a model generate instruction data. */
@Command(
        name = "generate-data",
        description = "Has a model generate instruction data from documents or seed instructions, or rewrite answers; a judge"
                + " checks the result. Needs no running system.",
        footer = {"", "Exits with 0 if everything is done, else with 1. Run the same command again to continue."},
        sortOptions = false,
        mixinStandardHelpOptions = true)
public final class GenerateDataCommand implements Callable<Integer> {

    private static final int LEAST_LENGTH = 200;
    private static final int MOST_LENGTH = 100_000;
    private static final int MOST_PAIRS = 50;
    /** The logger of the chat models, which is silenced because the command itself reports a model's failures. */
    private static final Logger QUIET = Logger.getLogger("dev.apprentice.chat");
    /** The logger of PDFBox, which is silenced because it reports every font that it substitutes. */
    private static final Logger QUIET_PDF = Logger.getLogger("org.apache");

    @ParentCommand private Apprentice apprentice;

    @Parameters(paramLabel = "DOC", arity = "0..*",
            description = "Documents to ask about: text, Markdown or PDF; files, folders, or patterns in quotes ('docs/**.md').")
    private List<String> documents = List.of();

    @Mixin private ModelOptions models;

    @Option(names = "--seeds", paramLabel = "FILE",
            description = "Instead of documents: instructions to make new ones like, one a line, or JSON with 'instruction'.")
    private Optional<Path> seeds;

    @Option(names = "--count", paramLabel = "N", description = "With --seeds: the number of examples to reach.")
    private Optional<Integer> count;

    @Option(names = "--improve", paramLabel = "FILE",
            description = "Instead of documents: examples (JSON) whose answers are rewritten; the judge says whether the rewrite is better.")
    private Optional<Path> improve;

    @Option(names = "--out", paramLabel = "FILE", defaultValue = "generated.jsonl",
            description = "Where the examples go (default: generated.jsonl); beside it are NAME.rejects.jsonl and"
                    + " NAME.progress.jsonl.")
    private Path out;

    @Option(names = "--pairs", paramLabel = "N", defaultValue = "3",
            description = "Questions that are asked for about a passage, at most (default: 3).")
    private int pairs;

    @Option(names = "--passage-length", paramLabel = "N", defaultValue = "2000",
            description = "Characters that a passage has at most (default: 2000, about 500 tokens of English).")
    private int passageLength;

    @Option(names = "--strict", description = "Exit with 1 if a model wrote something unusable, in this call or an earlier one:"
            + " nothing, no answer, or an unreadable verdict.")
    private boolean strict;

    @Override
    public Integer call() {
        QUIET.setLevel(Level.OFF);
        QUIET_PDF.setLevel(Level.OFF);
        models.check();
        boolean bySeeds = seeds.isPresent();
        if ((documents.isEmpty() ? 0 : 1) + (bySeeds ? 1 : 0) + (improve.isPresent() ? 1 : 0) != 1) {
            throw new CommandException("Name documents (files, folders, patterns in quotes), or --seeds FILE, or --improve FILE.");
        }
        if (count.isPresent() != bySeeds) {
            throw new CommandException("--seeds and --count belong together: --seeds FILE --count N.");
        }
        boolean done = bySeeds ? ofSeeds(seeds.get(), count.get()) : improve.isPresent() ? improving(improve.get()) : ofDocuments();
        return done ? 0 : 1;
    }

    private boolean ofSeeds(Path file, int count) {
        OptionRange.atLeast("--count", count, 1);
        SeedGeneration generation = new SeedGeneration(models.writer(), models.judge(), models.seed(), models.parallel());
        List<String> instructions = SeedGeneration.seeds(file, apprentice.screen());
        try (GeneratedFiles files = GeneratedFiles.open(out, SeedGeneration.SOURCE)) {
            return generation.run(instructions, count, files, apprentice.screen()) && isStrictlyFine(files);
        }
    }

    private boolean improving(Path file) {
        ComparingJudge judge = models.judgeModel().map(ComparingJudge::new).orElseThrow(() -> new CommandException(
                "--improve needs a judge: a rewrite takes an answer's place only where the judge prefers it."));
        AnswerImprovement improvement = new AnswerImprovement(models.writer(), judge);
        try (GeneratedFiles files = GeneratedFiles.open(out, AnswerImprovement.SOURCE)) {
            return improvement.run(file, files, apprentice.screen(), models.parallel()) && isStrictlyFine(files);
        }
    }

    private boolean ofDocuments() {
        OptionRange.within("--pairs", pairs, 1, MOST_PAIRS);
        OptionRange.within("--passage-length", passageLength, LEAST_LENGTH, MOST_LENGTH);
        AskedModel writer = models.writer();
        Optional<ScoringJudge> judge = models.judge();
        DocumentGeneration generation = new DocumentGeneration(apprentice.screen(), DocumentFiles.named(documents));
        try (GeneratedFiles files = GeneratedFiles.open(out, DocumentGeneration.SOURCE)) {
            return generation.run(writer, judge, passageLength, pairs, files, models.parallel()) && isStrictlyFine(files);
        }
    }

    private boolean isStrictlyFine(GeneratedFiles files) {
        int faults = strict ? files.faults() : 0;
        if (faults > 0) {
            apprentice.screen().print("--strict: " + faults + (faults == 1 ? " rejected example is" : " rejected examples are")
                    + " unusable; " + files.rejects() + (faults == 1 ? " has the reason." : " has the reasons.")
                    + " The other examples are kept.");
        }
        return faults == 0;
    }
}
