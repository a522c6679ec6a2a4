package dev.apprentice.local.command;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Says what is wrong with a command as it was typed, and where its usage is shown: all options would hide the error. */
public final class UsageError implements IParameterExceptionHandler {

    /** The library's words, but for a command that there is not. */
    private static String problem(ParameterException e) {
        boolean noCommand = e instanceof UnmatchedArgumentException unmatched
                && !unmatched.isUnknownOption()
                && !e.getCommandLine().getSubcommands().isEmpty();
        return noCommand
                ? "There is no command '" + ((UnmatchedArgumentException) e).getUnmatched().get(0) + "'."
                : e.getMessage();
    }

    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(problem(e));
        UnmatchedArgumentException.printSuggestions(e, err);
        err.println("`" + command.getCommandSpec().qualifiedName() + " --help` shows how it is used.");
        return CommandLine.ExitCode.USAGE;
    }
}
