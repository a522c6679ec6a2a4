package dev.apprentice.chat.rouge;

import java.util.List;

/** The longest common subsequence of two lists of words. */
public final class CommonSubsequence {

    private CommonSubsequence() {}

    /** Its length, by the usual table of which two rows are kept. */
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
