package dev.apprentice.contracts;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.util.regex.Pattern;

/** Explains to people why JSON cannot be read, without the names of the parser's settings and classes. */
public final class JsonReason {

    private static final int LONGEST = 300;
    /** How many characters of a parser's message are looked at; a message may quote a value of megabytes. */
    private static final int LONGEST_READ = 2_000;
    /** Matches text such as {@code (start marker at [Source: REDACTED …; line: 1, column: 1])}. */
    private static final Pattern SOURCE = Pattern.compile("\\s*\\((?:start marker )?at \\[Source:[^]]*]\\)|\\s*\\[Source:[^]]*]|\\s*at \\[Source:[^]]*]");
    /** Matches text such as {@code , from `StreamReadConstraints.getMaxNestingDepth()`}. */
    private static final Pattern SETTING = Pattern.compile(
            ",? ?\\(?(?:from|set|use|enable|disable)[^()`]*`[A-Z]\\w*\\.\\w+(?:\\(\\))?`[^()]*\\)?|`[A-Z]\\w*Feature\\.\\w+`");

    private JsonReason() {}

    /** Returns where the parser stopped and why, such as {@code not JSON at line 1, column 17: Unexpected end-of-input}. */
    public static String of(JsonProcessingException e) {
        String what = e instanceof StreamConstraintsException ? "beyond a limit" : "not JSON";
        String where = e.getLocation() == null
                ? ""
                : " at line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr();
        return what + where + ": " + plain(e.getOriginalMessage());
    }

    /** Returns a parser's message without its settings, classes and sources, cut to a bounded length. */
    public static String plain(String message) {
        String read = message.length() <= LONGEST_READ ? message : message.substring(0, LONGEST_READ);
        return Shortened.to(LONGEST, SETTING.matcher(SOURCE.matcher(read).replaceAll("")).replaceAll("").strip());
    }
}
