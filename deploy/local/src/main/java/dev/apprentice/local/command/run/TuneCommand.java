package dev.apprentice.local.command.run;

import dev.apprentice.contracts.Checkpoint;
import dev.apprentice.contracts.DataSource;
import dev.apprentice.contracts.Split;
import dev.apprentice.contracts.Training;
import dev.apprentice.local.Apprentice;
import dev.apprentice.local.CommandException;
import dev.apprentice.local.client.DataRequest;
import dev.apprentice.local.client.Dataset;
import dev.apprentice.local.client.DatasetClient;
import dev.apprentice.local.client.JudgeClient;
import dev.apprentice.local.client.RunRequest;
import dev.apprentice.local.client.RunStatus;
import dev.apprentice.local.client.TrainerClient;
import dev.apprentice.local.command.data.DatasetFiles;
import dev.apprentice.local.command.data.LabelledData;
import dev.apprentice.local.command.option.CheckpointName;
import dev.apprentice.local.command.option.DatasetName;
import dev.apprentice.local.command.option.ModelOption;
import dev.apprentice.local.command.option.PromptOption;
import dev.apprentice.local.command.option.SettingOptions;
import dev.apprentice.local.command.option.TaskOption;
import dev.apprentice.local.command.option.UserPath;
import dev.apprentice.local.system.Ports;
import dev.apprentice.prompts.task.TaskTemplate;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Teaches a model a file of instructions. */
@Command(
        name = "tune",
        description = "Teaches a model a file of instructions, and shows it until the report is complete.",
        footer = {"", Following.EXIT_CODES, "Ctrl-C only stops the showing; the run goes on."},
        modelTransformer = SettingOptions.class,
        sortOptions = false,
        mixinStandardHelpOptions = true)
public final class TuneCommand implements Callable<Integer> {

    private static final Pattern ADDRESS = Pattern.compile("(https?|ftp|s3|hf|file):.*");
    private static final Pattern WEB = Pattern.compile("https?://.*");

    @ParentCommand private Apprentice apprentice;

    @Spec private CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private Start start;

    /** What training starts from. */
    static final class Start {

        @Option(
                names = "--model",
                paramLabel = "MODEL",
                description = "The base model: a folder with config.json, tokenizer.json and model.safetensors, or"
                        + " hf:organisation/name[@revision], a model on the Hugging Face hub.")
        private Optional<String> model = Optional.empty();

        @Option(
                names = "--from",
                paramLabel = CheckpointName.LABEL,
                description = "A checkpoint of another run instead: of that step, of @best (the lowest validation loss) or"
                        + " @last, else the newest.")
        private Optional<String> checkpoint = Optional.empty();
    }

    @Option(
            names = "--data",
            required = true,
            paramLabel = "FILE",
            description = "The examples: JSON, JSON lines, CSV, TSV, Parquet, each as it is or as .gz or .zst; Markdown or a web page"
                    + " of questions and answers; a folder or a zip of such files; or their http(s) address.")
    private String data;

    @Option(
            names = "--field",
            paramLabel = "FIELD=NAME",
            description = "What the data calls a field, such as instruction=prompt (default: layouts are recognised).")
    private List<String> fields = List.of();

    @Option(names = "--strict", description = "Refuse the data if one entry cannot be used (default: such are left out).")
    private boolean strict;

    @Option(
            names = "--turns",
            paramLabel = "WHICH",
            description = "all or last: which answers of a conversation are learned (default: all).")
    private Optional<String> turns;

    @Option(
            names = "--template",
            paramLabel = "NAME",
            description = "A task template that makes instructions of labelled rows, objects of a JSON array or JSON lines; see"
                    + " `apprentice templates list`. A file of yours ends with .yaml.")
    private Optional<String> template;

    @Option(names = "--dataset", paramLabel = "NAME", description = "What the examples' dataset is called (default: as the file).")
    private Optional<String> dataset;

    @Mixin private RunOptions named;

    @Option(names = "--from-scratch", description = "Start from random weights; the folder needs none then.")
    private boolean fromScratch;

    @Option(
            names = "--split",
            paramLabel = "POLICY",
            description = {
                "What decides where an example belongs: ${COMPLETION-CANDIDATES} (default: ordered).",
                "An instruction given twice is in one split, but for position, the textbook's split to the letter."
            })
    private Optional<Split.Policy> split;

    @Option(names = "--max-length", paramLabel = "N", description = "Tokens a row may have (default: the model's context).")
    private Optional<Integer> maxLength;

    @Option(
            names = "--overlong",
            paramLabel = "POLICY",
            description = "What becomes of longer rows: ${COMPLETION-CANDIDATES} (default: terminate).")
    private Optional<DataSource.Overlong> overlong;

    @Option(
            names = "--group-by-length",
            paramLabel = "N",
            description = "Put examples of like length together, N of the shuffled order at a time (default: plain shuffle).")
    private Optional<Integer> groupByLength;

    @Option(
            names = "--duplicates",
            paramLabel = "POLICY",
            description = "Learn or ask an example given again once, or keep it: ${COMPLETION-CANDIDATES} (default: once; keep with"
                    + " --split position).")
    private Optional<DataSource.Duplicates> duplicates;

    @Option(
            names = "--near-duplicates",
            paramLabel = "SHARE",
            description = "Name test and validation examples that have this share of their text in common with a training example,"
                    + " 0.5 to 1; 0 does not look (default: 0.8).")
    private Optional<Double> nearDuplicates;

    @Option(names = "--max-new-tokens", paramLabel = "N", description = "Tokens a test answer may have (default: 256).")
    private Optional<Integer> maxNewTokens;

    @Option(
            names = "--labels",
            split = ",",
            paramLabel = "LABEL",
            description = "The answers that classification examples may have, for accuracy and macro-F1.")
    private List<String> labels = List.of();

    private Optional<TaskTemplate> task = Optional.empty();

    @Option(names = "--detach", description = "Start the run and return.")
    private boolean detach;

    @Override
    public Integer call() {
        requireData();
        task = template.map(TaskOption::of);
        start.model.map(ModelOption::new).ifPresent(ModelOption::requireUsable);
        DatasetFiles files = apprentice.datasetFiles();
        String name = dataset.map(DatasetName::given).orElseGet(() -> isAddress()
                ? DatasetName.of(UserPath.of(withoutQuery()))
                : files.nameOf(UserPath.of(data), apprentice.screen()));
        Ports ports = apprentice.system().ports();
        TrainerClient trainer = new TrainerClient(ports);
        Optional<Checkpoint> from = start.checkpoint.map(CheckpointName::of).map(named -> named.in(trainer.run(named.run())));
        String location = from.map(CheckpointName::folder).map(Path::toString)
                .orElseGet(() -> new ModelOption(start.model.orElseThrow()).location(apprentice.screen()));
        RunRequest request = request(location, name, from);
        // before the upload: a run that cannot be trained or graded leaves no dataset behind
        trainer.check(request);
        JudgesReady.require(named, new JudgeClient(ports), apprentice.screen());
        DataRequest how = new DataRequest(fields, strict, turns);
        DatasetClient datasets = new DatasetClient(ports);
        Dataset put = task.isPresent()
                ? labelled(task.get()).putInto(datasets, name, apprentice.screen())
                : isAddress() ? datasets.putFrom(name, data, how) : datasets.put(name, UserPath.of(data), how);
        if (!isAddress()) {
            files.remember(name, UserPath.of(data));
        }
        apprentice.screen().print(put.inWords());
        RunStatus started = trainer.start(request);
        apprentice.screen().print("Run " + started.run() + " has begun. See it at " + ports.page(started.run()));
        if (detach) {
            apprentice.screen().print("Follow it with `apprentice follow " + started.run() + "`.");
            return 0;
        }
        return new Following(ports, apprentice.broker(), apprentice.screen()).toTheEnd(started.run());
    }

    private boolean isAddress() {
        return WEB.matcher(data).matches();
    }

    /** An address up to where secrets may stand. */
    private String withoutQuery() {
        return isAddress() ? data.replaceFirst("[?#].*", "").replaceFirst("/+$", "") : data;
    }

    private LabelledData labelled(TaskTemplate template) {
        return new LabelledData(UserPath.of(data), template, fields, strict, seed());
    }

    private long seed() {
        return SettingOptions.given(spec).get("seed") instanceof Number seed ? seed.longValue() : Training.DEFAULTS.seed();
    }

    private void requireData() {
        if (isAddress() && template.isPresent()) {
            throw new CommandException("--template reads a file of this machine; fetch " + withoutQuery() + " first (curl -O …).");
        }
        if (isAddress()) {
            return;
        }
        if (ADDRESS.matcher(data).matches()) {
            throw new CommandException("--data names a file or a folder of this machine, or an address that begins with http:// or"
                    + " https://; fetch what lies elsewhere first.");
        }
        Path file = UserPath.of(data);
        if (!Files.isRegularFile(file) && !Files.isDirectory(file)) {
            throw new CommandException("The data file " + file + " does not exist or is no file; --data names one.");
        }
        if (template.isPresent() && Files.isDirectory(file)) {
            throw new CommandException("--template reads one file of labelled rows; " + file + " is a folder.");
        }
    }

    private RunRequest request(String location, String dataset, Optional<Checkpoint> from) {
        return new RunRequest(
                named.run(),
                new RunRequest.Model(
                        location,
                        fromScratch ? Optional.of("random") : Optional.empty()),
                PromptOption.in(described(dataset), named.prompt(), from)
                        .with("split", split.map(policy -> new RunRequest.Split(policy.name())))
                        .with("maxLength", maxLength)
                        .with("overlong", overlong)
                        .with("groupByLength", groupByLength)
                        .with("duplicates", duplicates)
                        .with("nearDuplicates", nearDuplicates),
                SettingOptions.given(spec),
                maxNewTokens.map(RunRequest.Generation::new),
                named.judge(),
                labels.isEmpty() ? task.map(TaskTemplate::answerChoices).orElse(labels) : labels);
    }

    /** A file that a template was applied to would not be enough to repeat the run, so it is not named. */
    private RunRequest.Data described(String dataset) {
        RunRequest.Data described = RunRequest.Data.of(dataset);
        return task.isPresent() || isAddress() ? described : described.from(UserPath.of(data));
    }
}
