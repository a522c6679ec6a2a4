package dev.apprentice.cli.generate;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text as its words, to be compared by ROUGE-L: the F-measure of the longest common subsequence of words (Lin, 2004). Words are
 * runs of letters and digits of any script; where a script puts no spaces between words, each character is one.
 */
final class Likeness {

    private static final int MOST_WORDS = 500;
    private static final Pattern WORD = Pattern.compile("[UNSPACED]\\p{M}*|[\\p{L}\\p{M}\\p{N}&&[^UNSPACED]]+".replace(
            "UNSPACED", "\\p{IsHan}\\p{IsHiragana}\\p{IsKatakana}\\p{IsThai}\\p{IsLao}\\p{IsKhmer}\\p{IsMyanmar}"));

    private final List<String> words = new ArrayList<>();
    private final Map<String, Integer> counts = new HashMap<>();

    /** @param text of which the first {@value #MOST_WORDS} words are compared */
    Likeness(String text) {
        Matcher word = WORD.matcher(text.toLowerCase(Locale.ROOT));
        while (words.size() < MOST_WORDS && word.find()) {
            words.add(word.group());
            counts.merge(word.group(), 1, Integer::sum);
        }
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
        double likeness = fMeasure(longestCommonSubsequence(words, other.words), both);
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

    /** Its length, by the usual table of which two rows are kept. */
    private static int longestCommonSubsequence(List<String> a, List<String> b) {
        int[] above = new int[b.size() + 1];
        for (String word : a) {
            int[] row = new int[b.size() + 1];
            for (int column = 1; column <= b.size(); column++) {
                row[column] = word.equals(b.get(column - 1)) ? above[column - 1] + 1 : Math.max(above[column], row[column - 1]);
            }
            above = row;
        }
        return above[b.size()];
    }
}
