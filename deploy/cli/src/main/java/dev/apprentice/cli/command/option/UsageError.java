package dev.apprentice.cli.command.option;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Prints what is wrong with a command's arguments and how to show its usage. The usage itself would hide the error. */
public final class UsageError implements IParameterExceptionHandler {

    private static final Pattern CHOICE = Pattern.compile("expected one of \\[(.*)] \\(case-insensitive\\) but was '(.*)'$");

    @Override
    public int handleParseException(ParameterException e, String[] arguments) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(problem(firstMistake(e)));
        err.println("See `" + command.getCommandSpec().qualifiedName() + " --help`.");
        return CommandLine.ExitCode.USAGE;
    }

    /**
     * Returns an unmatched option in place of a missing one. Picocli reports the missing option first, but the typo is often its
     * cause.
     */
    private static ParameterException firstMistake(ParameterException e) {
        List<String> unmatched = e.getCommandLine().getUnmatchedArguments();
        return e instanceof MissingParameterException && unmatched.stream().anyMatch(UsageError::looksLikeOption)
                ? new UnmatchedArgumentException(e.getCommandLine(), unmatched)
                : e;
    }

    /** Returns picocli's message, or a better one for an unknown command or option. */
    private static String problem(ParameterException e) {
        if (!(e instanceof UnmatchedArgumentException unmatched)) {
            return plain(e.getMessage());
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

    /** Rewords picocli's messages, which name Java types and enum constants. */
    private static String plain(String words) {
        String plain = words
                .replaceFirst("positional parameter at index \\d+ \\((\\w+)\\)", "$1")
                .replaceFirst("'(-?\\d+)' is not an? (int|long)$", "$1 is too large")
                .replaceFirst("is not an? (int|long)$", "is not a whole number")
                .replaceFirst("is not an? (float|double)$", "is not a number");
        Matcher choice = CHOICE.matcher(plain);
        return choice.find()
                ? choice.replaceFirst(Matcher.quoteReplacement(
                        "'" + choice.group(2) + "' is not one of " + choice.group(1).toLowerCase(Locale.ROOT)))
                : plain;
    }

    private static boolean looksLikeOption(String argument) {
        return argument.startsWith("-") && argument.length() > 1;
    }
}
