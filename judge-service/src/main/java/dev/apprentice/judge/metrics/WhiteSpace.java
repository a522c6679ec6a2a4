package dev.apprentice.judge.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * White space as Python counts it, in which the published metrics are written: Unicode's, and the separators U+001C to U+001F.
 */
final class WhiteSpace {

    private static final Pattern SOME = Pattern.compile("[\\s\\x1c-\\x1f]+", Pattern.UNICODE_CHARACTER_CLASS);

    private WhiteSpace() {}

    /** The text without any. */
    static String without(String text) {
        return SOME.matcher(text).replaceAll("");
    }

    /** What lies between it. */
    static List<String> split(String text) {
        return Arrays.stream(SOME.split(text)).filter(word -> !word.isEmpty()).toList();
    }
}
