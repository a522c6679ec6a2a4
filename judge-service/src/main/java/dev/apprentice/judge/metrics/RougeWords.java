package dev.apprentice.judge.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * The words of Google's {@code rouge_score} without stemming: runs of a-z and 0-9 in lower case. A text in another script has
 * none.
 */
final class RougeWords {

    private static final Pattern BETWEEN_WORDS = Pattern.compile("[^a-z0-9]+");

    private RougeWords() {}

    static List<String> of(String text) {
        return Arrays.stream(BETWEEN_WORDS.split(text.toLowerCase(Locale.ROOT)))
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
