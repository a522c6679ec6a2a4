package dev.apprentice.contracts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.util.regex.Pattern;

/** What is wrong with JSON in words for people, without the parser's own settings and classes in it. */
public final class JsonReason {

    private static final int LONGEST = 300;
    /** As far as a message is looked at: it may quote a value of megabytes. */
    private static final int LONGEST_READ = 2_000;
    /** Such as {@code (start marker at [Source: REDACTED …; line: 1, column: 1])}. */
    private static final Pattern SOURCE = Pattern.compile("\\s*\\((?:start marker )?at \\[Source:[^]]*]\\)|\\s*\\[Source:[^]]*]|\\s*at \\[Source:[^]]*]");
    /** Such as {@code , from `StreamReadConstraints.getMaxNestingDepth()`}. */
    private static final Pattern SETTING = Pattern.compile(
            ",? ?\\(?(?:from|set|use|enable|disable)[^()`]*`[A-Z]\\w*\\.\\w+(?:\\(\\))?`[^()]*\\)?|`[A-Z]\\w*Feature\\.\\w+`");

    private JsonReason() {}

    /** Where the parser stopped and why, such as {@code not JSON at line 1, column 17: Unexpected end-of-input}. */
    public static String of(JsonProcessingException e) {
        String what = e instanceof StreamConstraintsException ? "beyond a limit" : "not JSON";
        String where = e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr();
        return what + where + ": " + plain(e.getOriginalMessage());
    }

    /** A parser's message without its settings, classes and sources, and of bounded length. */
    public static String plain(String message) {
        String read = message.length() <= LONGEST_READ ? message : message.substring(0, LONGEST_READ);
        String plain = SETTING.matcher(SOURCE.matcher(read).replaceAll("")).replaceAll("").strip();
        return plain.length() <= LONGEST ? plain : plain.substring(0, LONGEST - 1) + "…";
    }
}
