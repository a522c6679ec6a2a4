package dev.apprentice.cli.command.option;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/** Suggests the word that a mistyped one most likely stands for. */
public final class Nearest {

    /** Letters of the typed word for each edit that is allowed. */
    private static final int LETTERS_A_MISTAKE = 3;

    private Nearest() {}

    /** Returns the end of a sentence about a mistyped word: asks for the nearest word if one is near enough. */
    public static String of(String typed, Collection<String> words) {
        String name = typed.replaceFirst("=.*", "").toLowerCase(Locale.ROOT);
        return words.stream()
                .filter(word -> distance(name, word) <= Math.max(1, name.length() / LETTERS_A_MISTAKE))
                .min(Comparator.<String>comparingInt(word -> distance(name, word)).thenComparing(Comparator.naturalOrder()))
                .map(word -> "; did you mean '" + word + "'?")
                .orElse(".");
    }

    /** Returns the Damerau-Levenshtein distance; a prefix of more than 3 letters has distance 1. */
    private static int distance(String typed, String word) {
        return typed.length() > LETTERS_A_MISTAKE && word.startsWith(typed) ? 1 : edits(typed, word);
    }

    private static int edits(String a, String b) {
        int[][] edits = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    edits[i][j] = i + j;
                    continue;
                }
                int replaced = edits[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                edits[i][j] = Math.min(replaced, 1 + Math.min(edits[i - 1][j], edits[i][j - 1]));
                boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    edits[i][j] = Math.min(edits[i][j], 1 + edits[i - 2][j - 2]);
                }
            }
        }
        return edits[a.length()][b.length()];
    }
}
