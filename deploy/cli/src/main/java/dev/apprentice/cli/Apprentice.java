package dev.apprentice.cli;

import dev.apprentice.cli.command.benchmark.BenchmarkCommand;
import dev.apprentice.cli.command.data.DatasetSources;
import dev.apprentice.cli.command.data.DatasetsCommand;
import dev.apprentice.cli.command.data.InspectCommand;
import dev.apprentice.cli.command.data.TemplatesCommand;
import dev.apprentice.cli.command.generate.GenerateDataCommand;
import dev.apprentice.cli.command.model.AskCommand;
import dev.apprentice.cli.command.model.ExportCommand;
import dev.apprentice.cli.command.model.MergeCommand;
import dev.apprentice.cli.command.run.CancelCommand;
import dev.apprentice.cli.command.run.FollowCommand;
import dev.apprentice.cli.command.run.RegradeCommand;
import dev.apprentice.cli.command.run.ReportCommand;
import dev.apprentice.cli.command.run.ResponsesCommand;
import dev.apprentice.cli.command.run.ResumeCommand;
import dev.apprentice.cli.command.run.RunsCommand;
import dev.apprentice.cli.command.run.StreamCommand;
import dev.apprentice.cli.command.run.TuneCommand;
import dev.apprentice.cli.command.system.CompletionCommand;
import dev.apprentice.cli.command.system.DeadLettersCommand;
import dev.apprentice.cli.command.system.DemoCommand;
import dev.apprentice.cli.command.system.DoctorCommand;
import dev.apprentice.cli.command.system.DownCommand;
import dev.apprentice.cli.command.system.LogsCommand;
import dev.apprentice.cli.command.system.StatusCommand;
import dev.apprentice.cli.command.system.UpCommand;
import dev.apprentice.cli.terminal.Screen;
import dev.apprentice.contracts.topic.KafkaPrefix;
import dev.apprentice.local.CommandException;
import dev.apprentice.local.log.Broker;
import dev.apprentice.local.system.Credential;
import dev.apprentice.local.system.LocalSystem;
import dev.apprentice.local.system.Ports;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The outermost command: holds the options that all commands share, and lists the commands. */
@Command(
        name = "apprentice",
        description = "Teaches a pretrained language model to follow instructions.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            UpCommand.class,
            DownCommand.class,
            StatusCommand.class,
            DoctorCommand.class,
            LogsCommand.class,
            TuneCommand.class,
            TemplatesCommand.class,
            GenerateDataCommand.class,
            StreamCommand.class,
            InspectCommand.class,
            DatasetsCommand.class,
            RunsCommand.class,
            FollowCommand.class,
            CancelCommand.class,
            ResumeCommand.class,
            ReportCommand.class,
            RegradeCommand.class,
            ResponsesCommand.class,
            MergeCommand.class,
            ExportCommand.class,
            AskCommand.class,
            DeadLettersCommand.class,
            DemoCommand.class,
            BenchmarkCommand.class,
            CompletionCommand.class,
            HelpCommand.class
        })
public final class Apprentice implements Callable<Integer> {

    @Mixin private HomeOption home;

    @Spec private CommandSpec spec;

    @Option(
            names = "--kafka-config",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "A properties file for Kafka's clients, for a broker that requires TLS or SASL.")
    private Path kafkaConfig;

    @Option(
            names = "--api-key-file",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "A file with the API key or token for services that require one (default: $APPRENTICE_API_KEY).")
    private Path apiKeyFile;

    private final Screen screen;

    Apprentice(Screen screen) {
        this.screen = screen;
    }

    /** Runs one command and exits with its status: 0 done, 1 not done, 2 not understood. */
    public static void main(String[] arguments) {
        System.exit(commandLine(Screen.standard()).execute(arguments));
    }

    static CommandLine commandLine(Screen screen) {
        return CommandLines.of(new Apprentice(screen));
    }

    /** Prints the usage, since no command was given. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return CommandLine.ExitCode.USAGE;
    }

    /** Returns the screen that commands write to. */
    public Screen screen() {
        return screen;
    }

    /** Returns the broker of the system in {@code --home}, or the one that {@code --kafka-config} names. */
    public Broker broker() {
        try {
            KafkaPrefix.require(KafkaPrefix.VALUE);
        } catch (IllegalArgumentException e) {
            throw new CommandException(e.getMessage() + ".", e);
        }
        Broker broker = new Broker(system().ports().bootstrapServers());
        return kafkaConfig == null ? broker : broker.with(kafkaConfig);
    }

    /** Returns the broker of the running system, or the one that {@code --kafka-config} names; empty if there is neither. */
    public Optional<Broker> kafkaToExamine() {
        if (system().runs()) {
            return Optional.of(broker());
        }
        return Optional.ofNullable(kafkaConfig).map(file -> new Broker(Ports.defaults().bootstrapServers()).with(file));
    }

    /** Returns the system in the folder that {@code --home} names. */
    public LocalSystem system() {
        return home.system().signedInWith(apiKey());
    }

    /** Returns {@code --home} for a command that is shown to the user; see {@link HomeOption#repeated}. */
    public String homeRepeated() {
        return home.repeated();
    }

    /** Returns the record of the files that the system's datasets were made from. */
    public DatasetSources datasetSources() {
        return new DatasetSources(home.folder().datasetsFile());
    }

    /** Returns a system in the given folder inside {@code --home}. */
    public LocalSystem system(String folder) {
        return home.system(folder).signedInWith(apiKey());
    }

    private Optional<Credential> apiKey() {
        return Credential.find(Optional.ofNullable(apiKeyFile), System.getenv());
    }
}
