package dev.apprentice.cli.command.run;

import dev.apprentice.cli.Apprentice;
import dev.apprentice.cli.client.DatasetClient;
import dev.apprentice.cli.client.JudgeClient;
import dev.apprentice.cli.client.RunRequest;
import dev.apprentice.cli.client.TrainerClient;
import dev.apprentice.cli.client.answer.PutDataset;
import dev.apprentice.cli.client.answer.RunStatus;
import dev.apprentice.cli.command.data.DatasetSources;
import dev.apprentice.cli.command.data.WeightedPlace;
import dev.apprentice.cli.command.option.CheckpointName;
import dev.apprentice.cli.command.option.ModelOption;
import dev.apprentice.cli.command.option.ReadingOptions;
import dev.apprentice.cli.command.option.RunSettings;
import dev.apprentice.cli.recipe.Recipe;
import dev.apprentice.contracts.event.Checkpoint;
import dev.apprentice.contracts.run.Split;
import dev.apprentice.local.CommandException;
import dev.apprentice.local.system.Ports;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Fine-tunes a model on a file of instructions. */
@Command(
        name = "tune",
        description = "Teaches a model a file of instructions, and shows it until the report is complete.",
        footer = {"", Following.EXIT_CODES, "Ctrl-C stops the display only; the run continues."},
        modelTransformer = RunSettings.OfDataset.class,
        sortOptions = false,
        mixinStandardHelpOptions = true)
public final class TuneCommand implements Callable<Integer> {

    private static final BigDecimal USUAL_VALIDATION = new BigDecimal("0.05");

    @ParentCommand private Apprentice apprentice;

    @Spec private CommandSpec spec;

    @ArgGroup(multiplicity = "0..1")
    private Start start;

    /** The model or checkpoint that training starts from. */
    static final class Start {

        @Option(
                names = "--model",
                paramLabel = "MODEL",
                description = "The base model: a folder with config.json, tokenizer.json and model.safetensors, or"
                        + " hf:organisation/name[@revision], a model on the Hugging Face hub, or an s3:// address.")
        private Optional<String> model = Optional.empty();

        @Option(
                names = "--from",
                paramLabel = CheckpointName.LABEL,
                description = "A checkpoint of another run instead: of that step, of @best (the lowest validation loss,"
                        + " or training loss if none was validated) or @last, else the newest.")
        private Optional<String> checkpoint = Optional.empty();
    }

    @Option(
            names = "--data",
            paramLabel = "FILE[=WEIGHT]",
            description = "The examples: JSON, JSON lines, CSV, TSV, Parquet, each as it is or as .gz or .zst; Markdown or a web page"
                    + " of questions and answers; a folder or a zip of such files; their http(s) or s3 address; or"
                    + " hf:organisation/dataset[@revision][:config/split], a dataset on the Hugging Face hub. Given several times, all are"
                    + " learned, each as often as its weight says (0.5: half of it, drawn by the seed; 2: twice).")
    private List<String> data = List.of();

    @Option(
            names = "--validation",
            paramLabel = "FILE",
            description = "Validation examples, which measure the loss (default: a share of the others).")
    private Optional<String> validation;

    @Option(names = "--test", paramLabel = "FILE", description = "Test examples, which a checkpoint's exam asks about (default:"
            + " a share of the others).")
    private Optional<String> test;

    @Option(names = "--dataset", paramLabel = "NAME", description = "The name of the examples' dataset (default: the file's).")
    private Optional<String> dataset;

    @Mixin private RunOptions named;

    @Option(names = "--from-scratch", description = "Start from random weights; the folder needs none then.")
    private boolean fromScratch;

    @Option(names = "--test-share", paramLabel = "SHARE", description = "The share of the test examples (default: 0.1).")
    private Optional<BigDecimal> testShare;

    @Option(
            names = "--validation-share",
            paramLabel = "SHARE",
            description = "The share of the validation examples (default: 0.05); the rest is for training.")
    private Optional<BigDecimal> validationShare;

    @Option(
            names = "--recipe",
            paramLabel = "FILE",
            description = "A run as a YAML file, see docs/recipes.md; options given besides override it.")
    private Optional<Path> recipe;

    @Option(names = "--print-recipe", description = "Write the run as a recipe, and start nothing.")
    private boolean printRecipe;

    @Option(names = "--detach", description = "Start the run and return.")
    private boolean detach;

    @Override
    public Integer call() {
        Recipe said = recipe.map(Recipe::read).orElse(Recipe.EMPTY).over(flags());
        if (printRecipe) {
            apprentice.screen().print(said.in(Path.of("").toAbsolutePath()).yaml().stripTrailing());
            return 0;
        }
        requireModelAndData(said);
        TunePlan plan = new TunePlan(said);
        plan.model().map(ModelOption::new).ifPresent(ModelOption::requireUsable);
        DatasetSources sources = apprentice.datasetSources();
        String name = plan.dataset(sources, apprentice.screen());
        Ports ports = apprentice.system().ports();
        TrainerClient trainer = new TrainerClient(ports);
        Optional<Checkpoint> from = plan.from().map(CheckpointName::of).map(named -> named.in(trainer.run(named.run())));
        String location = from.map(CheckpointName::location)
                .orElseGet(() -> new ModelOption(plan.model().orElseThrow()).location(apprentice.screen()));
        RunRequest request = plan.request(location, name, from, sources, apprentice.screen());
        // before the upload, so a run that cannot be trained or graded leaves no dataset behind
        trainer.check(request);
        JudgesReady.require(plan.judge(), named.judgeLater(), new JudgeClient(ports), apprentice.screen());
        for (PutDataset put : plan.put(name, request, new DatasetClient(ports), sources, apprentice.screen())) {
            apprentice.screen().print(put.inWords());
        }
        RunStatus started = trainer.start(request);
        apprentice.screen().print("Run " + started.run() + " has begun. See it at " + ports.page(started.run()));
        if (detach) {
            apprentice.screen().print("Follow it with `apprentice follow " + started.run() + "`.");
            return 0;
        }
        return new Following(ports, apprentice.broker(), apprentice.screen()).toTheEnd(started.run());
    }

    private void requireModelAndData(Recipe said) {
        boolean model = said.value("model", "location").isPresent();
        boolean from = said.value("model", "from").isPresent();
        if (!model && !from) {
            throw new ParameterException(spec.commandLine(),
                    "Missing required argument (specify one of these): (--model=MODEL | --from=RUN[@STEP])");
        }
        if (model && from) {
            throw new CommandException("The recipe " + recipe.orElseThrow() + " has both model.location and model.from; keep"
                    + " only one.");
        }
        if (said.value("data", "file").isEmpty()) {
            throw new ParameterException(spec.commandLine(), "Missing required option: '--data=FILE'");
        }
    }

    /** Returns the split from the two shares; training gets the rest. */
    private Optional<Map<String, Object>> shares() {
        if (testShare.isEmpty() && validationShare.isEmpty()) {
            return Optional.empty();
        }
        BigDecimal asked = testShare.orElse(BigDecimal.valueOf(Split.TEXTBOOK.test()));
        BigDecimal measured = validationShare.orElse(USUAL_VALIDATION);
        BigDecimal trained = BigDecimal.ONE.subtract(asked).subtract(measured);
        if (asked.signum() < 0 || measured.signum() < 0 || trained.signum() <= 0) {
            throw new CommandException("--test-share " + asked + " and --validation-share " + measured + " leave nothing to train on; both are"
                    + " shares of 1, such as 0.1.");
        }
        return Optional.of(Map.of("train", trained.doubleValue(), "test", asked.doubleValue()));
    }

    /** Returns the command line's options, under the keys of a recipe. */
    private Recipe flags() {
        RunSettings settings = RunSettings.of(spec);
        return Recipe.EMPTY
                .with(named.run(), "run")
                .with(start == null ? Optional.empty() : start.model, "model", "location")
                .with(start == null ? Optional.empty() : start.checkpoint, "model", "from")
                .with(fromScratch ? Optional.of("random") : Optional.empty(), "model", "start")
                .with(data.stream().findFirst().map(first -> WeightedPlace.of(first).text()), "data", "file")
                .with(data.stream().findFirst().flatMap(first -> WeightedPlace.of(first).weight()), "data", "weight")
                .with(Optional.of(data.stream().skip(1).toList()).filter(more -> !more.isEmpty()), "data", "also")
                .with(validation, "data", "validation")
                .with(test, "data", "test")
                .with(dataset, "data", "dataset")
                .with(said(ReadingOptions.given(spec)), "data")
                .with(named.prompt(), "data", "promptStyle")
                .with(said(settings.data()), "data")
                .with(shares(), "data", "split")
                .with(said(settings.training()), "training")
                .with(said(settings.generation()), "generation")
                .with(said(settings.grading()));
    }

    private static Optional<Map<String, Object>> said(Map<String, Object> options) {
        return Optional.of(options).filter(some -> !some.isEmpty());
    }
}
