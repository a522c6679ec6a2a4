package dev.apprentice.contracts;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The message of an exception in one line. JAAS, by which Kafka's clients sign in, puts the whole stack trace of a cause into the message
 * of its own exception.
 */
public final class OneLine {

    private static final Pattern EXCEPTION = Pattern.compile("^(?:Caused by: )?[\\w.$]+(?:Exception|Error)(?:: |$)");

    private OneLine() {}

    /** The message; of a stack trace what its first cause says. */
    public static String of(String message) {
        String line = message.lines().filter(each -> each.startsWith("Caused by: ")).reduce((outer, inner) -> inner)
                .orElseGet(() -> message.lines().findFirst().orElse(""));
        Matcher exception = EXCEPTION.matcher(line);
        return message.contains("\n") && exception.find() && exception.end() < line.length() ? line.substring(exception.end()) : line;
    }
}
