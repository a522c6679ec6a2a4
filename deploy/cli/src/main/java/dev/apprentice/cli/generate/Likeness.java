package dev.apprentice.cli.generate;

import dev.apprentice.chat.rouge.CommonSubsequence;
import dev.apprentice.chat.rouge.RougeWords;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The words of a text, for a comparison by ROUGE-L: the F-measure of the longest common subsequence of words (Lin, 2004). The
 * words are those of {@link RougeWords#ANY_SCRIPT}.
 */
final class Likeness {

    private static final int MOST_WORDS = 500;

    private final List<String> words;
    private final Map<String, Integer> counts = new HashMap<>();

    /** Splits a text. @param text of which the first {@value #MOST_WORDS} words are compared */
    Likeness(String text) {
        words = RougeWords.ANY_SCRIPT.of(text, MOST_WORDS);
        words.forEach(word -> counts.merge(word, 1, Integer::sum));
    }

    int size() {
        return words.size();
    }

    boolean isEqualTo(Likeness other) {
        return words.equals(other.words);
    }

    /**
     * Returns ROUGE-L, 0 to 1; 0 if it is below {@code least}. Upper bounds are checked first, so the table of the longest common
     * subsequence is rarely computed.
     */
    double with(Likeness other, double least) {
        int both = size() + other.size();
        if (both == 0 || fMeasure(Math.min(size(), other.size()), both) < least || fMeasure(common(other), both) < least) {
            return 0;
        }
        double likeness = fMeasure(CommonSubsequence.length(words, other.words), both);
        return likeness < least ? 0 : likeness;
    }

    private static double fMeasure(int common, int both) {
        return 2.0 * common / both;
    }

    /** Returns the number of common words in any order, an upper bound of the longest common subsequence. */
    private int common(Likeness other) {
        return counts.entrySet().stream()
                .mapToInt(count -> Math.min(count.getValue(), other.counts.getOrDefault(count.getKey(), 0)))
                .sum();
    }
}
