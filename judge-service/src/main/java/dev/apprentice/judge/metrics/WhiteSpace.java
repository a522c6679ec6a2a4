package dev.apprentice.judge.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * White space as Python defines it, since the published metrics are written in Python: Unicode's, and the separators U+001C to
 * U+001F.
 */
final class WhiteSpace {

    private static final Pattern SOME = Pattern.compile("[\\s\\x1c-\\x1f]+", Pattern.UNICODE_CHARACTER_CLASS);

    private WhiteSpace() {}

    /** Returns the text without white space. */
    static String without(String text) {
        return SOME.matcher(text).replaceAll("");
    }

    /** Returns the parts of the text that white space separates. */
    static List<String> split(String text) {
        return Arrays.stream(SOME.split(text)).filter(word -> !word.isEmpty()).toList();
    }
}
