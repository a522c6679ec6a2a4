package dev.apprentice.cli.generate;

import dev.apprentice.chat.rouge.CommonSubsequence;
import dev.apprentice.chat.rouge.RougeWords;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A text as its words, to be compared by ROUGE-L: the F-measure of the longest common subsequence of words (Lin, 2004), those of
 * {@link RougeWords#ANY_SCRIPT}.
 */
final class Likeness {

    private static final int MOST_WORDS = 500;

    private final List<String> words;
    private final Map<String, Integer> counts = new HashMap<>();

    /** @param text of which the first {@value #MOST_WORDS} words are compared */
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

    /** ROUGE-L, 0 to 1; 0 where that is below the least that matters, which mostly costs no table. */
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

    /** Words in common in any order: no subsequence is longer. */
    private int common(Likeness other) {
        return counts.entrySet().stream()
                .mapToInt(count -> Math.min(count.getValue(), other.counts.getOrDefault(count.getKey(), 0)))
                .sum();
    }
}
