package dev.apprentice.cli;

import dev.apprentice.cli.client.ServiceException;
import dev.apprentice.cli.command.option.PrecisionConverter;
import dev.apprentice.cli.command.option.UsageError;
import dev.apprentice.cli.command.option.UserPath;
import dev.apprentice.cli.command.run.OptionNames;
import dev.apprentice.contracts.run.Training;
import dev.apprentice.local.CommandException;
import dev.apprentice.model.Precision;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine;

/** Creates command lines that convert values and explain errors in one way. */
public final class CommandLines {

    private CommandLines() {}

    /**
     * Returns a command line that exits with 0 when done, 1 when not done, and 2 when the arguments are not understood.
     *
     * @param command the outermost command
     */
    public static CommandLine of(Object command) {
        return new CommandLine(command)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .registerConverter(Path.class, new UserPath())
                .registerConverter(Training.Precision.class, new PrecisionConverter<>(Training.Precision.class))
                .registerConverter(Precision.class, new PrecisionConverter<>(Precision.class))
                .setHelpFactory(UsageHelp::new)
                .setExecutionStrategy(CommandLines::run)
                .setParameterExceptionHandler(new UsageError())
                .setExecutionExceptionHandler(CommandLines::explain);
    }

    /** Picocli also shows help for a command that does not exist. */
    private static int run(CommandLine.ParseResult parsed) {
        CommandLine last = parsed.asCommandLineList().get(parsed.asCommandLineList().size() - 1);
        List<String> unknown = last.getSubcommands().isEmpty() ? List.of() : last.getParseResult().unmatched();
        if (!unknown.isEmpty()) {
            throw new CommandLine.UnmatchedArgumentException(last, unknown);
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    /** Prints a sentence for an error that a user can do something about. Anything else is a bug, printed with its stack trace. */
    private static int explain(Exception e, CommandLine command, CommandLine.ParseResult parsed) {
        if (e instanceof ServiceException) {
            command.getErr().println(OptionNames.in(e.getMessage(), command.getCommandSpec()));
        } else if (e instanceof CommandException) {
            command.getErr().println(e.getMessage());
        } else if (e instanceof FileSystemException trouble) {
            command.getErr().println(FileTrouble.sentence(trouble));
        } else {
            command.getErr().println("Internal error; please report it:");
            e.printStackTrace(command.getErr());
        }
        return CommandLine.ExitCode.SOFTWARE;
    }
}
