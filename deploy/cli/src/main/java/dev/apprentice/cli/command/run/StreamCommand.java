package dev.apprentice.cli.command.run;

import dev.apprentice.cli.Apprentice;
import dev.apprentice.cli.client.DatasetClient;
import dev.apprentice.cli.client.JudgeClient;
import dev.apprentice.cli.client.RunRequest;
import dev.apprentice.cli.client.TrainerClient;
import dev.apprentice.cli.client.answer.RunStatus;
import dev.apprentice.cli.command.option.DatasetName;
import dev.apprentice.cli.command.option.ModelOption;
import dev.apprentice.cli.command.option.PromptOption;
import dev.apprentice.cli.command.option.RunSettings;
import dev.apprentice.cli.command.option.UserPath;
import dev.apprentice.cli.stream.LineSource;
import dev.apprentice.cli.stream.Sender;
import dev.apprentice.cli.stream.SendingRate;
import dev.apprentice.cli.terminal.Bar;
import dev.apprentice.local.CommandException;
import dev.apprentice.local.system.Ports;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Sends examples as they come, and optionally starts the run that learns them. */
@Command(
        name = "stream",
        description = {
            "Sends examples as they come, one JSON object a line, to a dataset and to the runs that learn it as it grows.",
            "With --model it starts such a run first, which continues until `apprentice cancel`."
        },
        footer = {
            "",
            "  apprentice stream examples.jsonl --model ~/models/gpt2 --run support",
            "  tail -f answers.jsonl | apprentice stream - --dataset examples"
        },
        modelTransformer = RunSettings.OfStream.class,
        sortOptions = false,
        mixinStandardHelpOptions = true)
public final class StreamCommand implements Callable<Integer> {

    private static final String STANDARD_INPUT = "-";

    @ParentCommand private Apprentice apprentice;

    @Spec private CommandSpec spec;

    @Parameters(
            paramLabel = "FILE",
            description = "The examples: JSON lines of instruction, output, and optionally input and id; - reads standard input.")
    private String file;

    @Option(names = "--dataset", paramLabel = "NAME", description = "The dataset to add them to (default: named after the file).")
    private Optional<String> dataset;

    @Option(names = "--rate", paramLabel = "N", description = "Send at most this many examples a second (default: no limit).")
    private Optional<Double> rate;

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description = "Begin a run that teaches this base model what comes: a folder, or hf:organisation/name[@revision].")
    private Optional<String> model;

    @Mixin private RunOptions named;

    @Option(names = "--follow", description = "Show the run when everything is sent, until Ctrl-C.")
    private boolean follow;

    @Override
    public Integer call() {
        requireRunForItsOptions();
        String name = name();
        SendingRate pace = new SendingRate(rate);
        try (LineSource source = source()) {
            Ports ports = apprentice.system().ports();
            if (dataset.isEmpty()) {
                apprentice.datasetSources().remember(name, UserPath.of(file));
            }
            Optional<RunStatus> started = model.map(base -> start(ports, base, name));
            Sender sender = new Sender(new DatasetClient(ports), name, pace, apprentice.screen());
            send(source, sender);
            apprentice.screen().print("%,d %s added to dataset %s%s.".formatted(
                    sender.accepted(), sender.accepted() == 1 ? "example was" : "examples were", name, sender.refused() == 0 ? ""
                            : sender.refused() == 1 ? ", 1 line was refused" : ", %,d lines were refused".formatted(sender.refused())));
            if (started.isPresent() && follow) {
                return new Following(ports, apprentice.broker(), apprentice.screen()).toTheEnd(started.get().run());
            }
            return sender.refused() == 0 ? 0 : 1;
        }
    }

    private void requireRunForItsOptions() {
        if (model.isEmpty() && (!named.isEmpty() || follow || !RunSettings.of(spec).isEmpty())) {
            throw new CommandException("Options of a run need --model, which begins one; without it, examples are only sent.");
        }
    }

    private String name() {
        if (dataset.isEmpty() && file.equals(STANDARD_INPUT)) {
            throw new CommandException("Standard input has no name; give the dataset one with --dataset.");
        }
        return dataset.map(DatasetName::given)
                .orElseGet(() -> apprentice.datasetSources().nameOf(UserPath.of(file), apprentice.screen()));
    }

    /** Describes the run's data. Standard input cannot be read twice, so its run names no file. */
    private RunRequest.Data data(String name, Map<String, Object> settings) {
        RunRequest.Data data = PromptOption.in(RunRequest.Data.stream(name), named.prompt(), Optional.empty()).with(settings);
        return file.equals(STANDARD_INPUT) ? data : data.from(UserPath.of(file));
    }

    private LineSource source() {
        if (file.equals(STANDARD_INPUT)) {
            return new LineSource("Standard input", new InputStreamReader(System.in, StandardCharsets.UTF_8.newDecoder()));
        }
        try {
            Reader text = Files.newBufferedReader(UserPath.of(file));
            return new LineSource("The file " + file, text);
        } catch (IOException e) {
            throw new CommandException("The file " + file + " does not exist or cannot be read.", e);
        }
    }

    private RunStatus start(Ports ports, String base, String name) {
        ModelOption option = new ModelOption(base);
        option.requireUsable();
        RunSettings settings = RunSettings.of(spec);
        Optional<String> judge = Optional.ofNullable(settings.grading().get("judge")).map(Object::toString);
        JudgesReady.require(judge, named.judgeLater(), new JudgeClient(ports), apprentice.screen());
        RunStatus started = new TrainerClient(ports).start(new RunRequest(
                named.run(),
                new RunRequest.Model(option.location(apprentice.screen()), Optional.empty()),
                data(name, settings.data()),
                settings.training(),
                settings.generation(),
                settings.grading()));
        apprentice.screen().print("Run " + started.run() + " has begun. It learns what dataset " + name
                + " has and what is added to it, until `apprentice cancel " + started.run() + "`; see it with `apprentice follow "
                + started.run() + "` or at " + ports.page(started.run()));
        return started;
    }

    private void send(LineSource source, Sender sender) {
        if (file.equals(STANDARD_INPUT)) {
            sender.send(source, sent -> {}); // the number of lines to come is unknown
            return;
        }
        try (Stream<String> lines = Files.lines(UserPath.of(file), StandardCharsets.ISO_8859_1); // accepts any byte
                Bar bar = new Bar(apprentice.screen(), "stream", "lines", lines.count())) {
            sender.send(source, bar::update);
        } catch (IOException e) {
            throw new CommandException("The file " + file + " cannot be read: " + e.getMessage() + ".", e);
        }
    }
}
