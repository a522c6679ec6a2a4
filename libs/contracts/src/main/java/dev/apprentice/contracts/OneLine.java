package dev.apprentice.contracts;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reduces an exception's message to one line. Kafka's clients sign in by JAAS, which puts the whole stack trace of a cause into its
 * own message.
 */
public final class OneLine {

    private static final Pattern EXCEPTION = Pattern.compile("^(?:Caused by: )?[\\w.$]+(?:Exception|Error)(?:: |$)");

    private OneLine() {}

    /** Returns the message; if it holds a stack trace, the message of its root cause. */
    public static String of(String message) {
        String line = message.lines().filter(each -> each.startsWith("Caused by: ")).reduce((outer, inner) -> inner)
                .orElseGet(() -> message.lines().findFirst().orElse(""));
        Matcher exception = EXCEPTION.matcher(line);
        return message.contains("\n") && exception.find() && exception.end() < line.length() ? line.substring(exception.end()) : line;
    }
}
