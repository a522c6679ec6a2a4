package dev.apprentice.local;

import dev.apprentice.contracts.Training;
import dev.apprentice.local.client.ServiceException;
import dev.apprentice.local.command.AskCommand;
import dev.apprentice.local.command.BenchmarkCommand;
import dev.apprentice.local.command.CancelCommand;
import dev.apprentice.local.command.ChaosCommand;
import dev.apprentice.local.command.CompletionCommand;
import dev.apprentice.local.command.DatasetFiles;
import dev.apprentice.local.command.DeadLettersCommand;
import dev.apprentice.local.command.DemoCommand;
import dev.apprentice.local.command.DoctorCommand;
import dev.apprentice.local.command.DownCommand;
import dev.apprentice.local.command.ExportCommand;
import dev.apprentice.local.command.FollowCommand;
import dev.apprentice.local.command.LogsCommand;
import dev.apprentice.local.command.MergeCommand;
import dev.apprentice.local.command.OptionNames;
import dev.apprentice.local.command.PrecisionConverter;
import dev.apprentice.local.command.RegradeCommand;
import dev.apprentice.local.command.ReportCommand;
import dev.apprentice.local.command.ResponsesCommand;
import dev.apprentice.local.command.ResumeCommand;
import dev.apprentice.local.command.RunsCommand;
import dev.apprentice.local.command.SoakCommand;
import dev.apprentice.local.command.StatusCommand;
import dev.apprentice.local.command.StreamCommand;
import dev.apprentice.local.command.TuneCommand;
import dev.apprentice.local.command.UpCommand;
import dev.apprentice.local.command.UsageError;
import dev.apprentice.local.command.UserPath;
import dev.apprentice.local.log.Broker;
import dev.apprentice.local.system.Installation;
import dev.apprentice.local.system.LocalSystem;
import dev.apprentice.local.system.Ports;
import dev.apprentice.local.system.SystemFolder;
import dev.apprentice.local.terminal.Screen;
import dev.apprentice.model.Precision;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine;

/** The command line. */
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
            StreamCommand.class,
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
            ChaosCommand.class,
            SoakCommand.class,
            DemoCommand.class,
            BenchmarkCommand.class,
            CompletionCommand.class,
            HelpCommand.class
        })
public final class Apprentice implements Callable<Integer> {

    @Option(
            names = "--home",
            scope = ScopeType.INHERIT,
            paramLabel = "DIR",
            defaultValue = "${env:APPRENTICE_HOME:-${sys:user.home}/.apprentice}",
            description = "The folder the local system lives in (default: $APPRENTICE_HOME, else ~/.apprentice).")
    private Path home;

    @Spec private CommandSpec spec;

    @Option(
            names = "--kafka-config",
            scope = ScopeType.INHERIT,
            paramLabel = "FILE",
            description = "How to connect to Kafka where that needs TLS or SASL: properties of Kafka's clients.")
    private Path kafkaConfig;

    private final Screen screen;

    Apprentice(Screen screen) {
        this.screen = screen;
    }

    /** Runs one command and exits with its status: 0 done, 1 not done, 2 not understood. */
    public static void main(String[] arguments) {
        System.exit(commandLine(Screen.standard()).execute(arguments));
    }

    static CommandLine commandLine(Screen screen) {
        return new CommandLine(new Apprentice(screen))
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(Path.class, new UserPath())
                .registerConverter(Training.Precision.class, new PrecisionConverter<>(Training.Precision.class))
                .registerConverter(Precision.class, new PrecisionConverter<>(Precision.class))
                .setParameterExceptionHandler(new UsageError())
                .setExecutionExceptionHandler(Apprentice::explain);
    }

    /** What a person can do something about is said in a sentence; anything else is a bug and shows where. */
    private static int explain(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
        if (e instanceof ServiceException) {
            command.getErr().println(OptionNames.in(e.getMessage(), command.getCommandSpec()));
        } else if (e instanceof CommandException) {
            command.getErr().println(e.getMessage());
        } else {
            command.getErr().println("This should not have happened; please report it:");
            e.printStackTrace(command.getErr());
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    /** Without a command there is all to choose from. */
    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return CommandLine.ExitCode.USAGE;
    }

    /** Where commands write. */
    public Screen screen() {
        return screen;
    }

    /** The broker of that system, or the one that {@code --kafka-config} names. */
    public Broker broker() {
        Broker broker = new Broker(system().ports().bootstrapServers());
        return kafkaConfig == null ? broker : broker.with(kafkaConfig);
    }

    /** The broker of the system that runs, or the one that {@code --kafka-config} names; empty where there is neither. */
    public Optional<Broker> kafkaToExamine() {
        if (system().runs()) {
            return Optional.of(broker());
        }
        return Optional.ofNullable(kafkaConfig).map(file -> new Broker(Ports.defaults().bootstrapServers()).with(file));
    }

    /** The system in the folder that {@code --home} names. */
    public LocalSystem system() {
        return new LocalSystem(Installation.current(), new SystemFolder(home));
    }

    /** Which files its datasets were made from. */
    public DatasetFiles datasetFiles() {
        return new DatasetFiles(new SystemFolder(home).datasetsFile());
    }

    /** A system in a folder of its own below that one. */
    public LocalSystem system(String folder) {
        return new LocalSystem(Installation.current(), new SystemFolder(home.resolve(folder)));
    }
}
