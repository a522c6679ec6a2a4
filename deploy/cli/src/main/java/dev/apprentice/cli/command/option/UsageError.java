package dev.apprentice.cli.command.option;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a command as it was typed, and where its usage is shown: all options would hide the error. */
public final class UsageError implements IParameterExceptionHandler {

    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(problem(firstMistake(e)));
        err.println("`" + command.getCommandSpec().qualifiedName() + " --help` shows how it is used.");
        return CommandLine.ExitCode.USAGE;
    }

    /** The library misses an option before it says that another was mistyped, which is why it is missing. */
    private static ParameterException firstMistake(ParameterException e) {
        List<String> unmatched = e.getCommandLine().getUnmatchedArguments();
        return e instanceof MissingParameterException && unmatched.stream().anyMatch(UsageError::looksLikeOption)
                ? new UnmatchedArgumentException(e.getCommandLine(), unmatched)
                : e;
    }

    /** The library's words, but for a command or an option that there is not. */
    private static String problem(ParameterException e) {
        if (!(e instanceof UnmatchedArgumentException unmatched)) {
            return e.getMessage();
        }
        CommandLine command = e.getCommandLine();
        String mistaken = unmatched.getUnmatched().stream()
                .filter(UsageError::looksLikeOption)
                .findFirst()
                .orElse(unmatched.getUnmatched().get(0));
        if (looksLikeOption(mistaken)) {
            return "Unknown option: '" + mistaken + "'" + Nearest.of(mistaken, command.getCommandSpec().optionsMap().keySet());
        }
        return command.getSubcommands().isEmpty()
                ? e.getMessage() + "."
                : "There is no command '" + mistaken + "'" + Nearest.of(mistaken, command.getSubcommands().keySet());
    }

    private static boolean looksLikeOption(String argument) {
        return argument.startsWith("-") && argument.length() > 1;
    }
}
