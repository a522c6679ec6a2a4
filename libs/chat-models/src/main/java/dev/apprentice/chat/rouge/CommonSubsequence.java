package dev.apprentice.chat.rouge;

import java.util.List;

/** The longest common subsequence of two lists of words. */
public final class CommonSubsequence {

    private CommonSubsequence() {}

    /** Returns its length, by the usual dynamic programming with two rows of the table in memory. */
    public static int length(List<String> a, List<String> b) {
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
