package dev.apprentice.judge.metrics;

import java.util.List;

/**
 * ROUGE-L: F-measure of the longest common subsequence of words (Lin, 2004), with {@link RougeWords}.
 *
 * <pre>
 * reference "the cat sat on the mat" (6 words)
 * response  "the cat is on a mat"    (6 words)     longest common: the cat on mat, F = 4/6
 * </pre>
 */
public final class RougeL implements ReferenceMetric {

    static final String NAME = "rouge_l";
    static final String ANY_SCRIPT = "rouge_l_unicode";

    private final String name;
    private final RougeWords words;

    private RougeL(String name, RougeWords words) {
        this.name = name;
        this.words = words;
    }

    /** The published metric. */
    public static RougeL published() {
        return new RougeL(NAME, RougeWords.PUBLISHED);
    }

    /** The variant that counts words of any script. */
    public static RougeL anyScript() {
        return new RougeL(ANY_SCRIPT, RougeWords.ANY_SCRIPT);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public double of(String reference, String response) {
        List<String> wanted = words.of(reference);
        List<String> given = words.of(response);
        if (wanted.isEmpty() || given.isEmpty()) {
            return 0;
        }
        return FMeasure.of(longestCommonSubsequence(wanted, given), wanted.size(), given.size());
    }

    /** Its length, by the usual table of which two rows are kept. */
    private static int longestCommonSubsequence(List<String> a, List<String> b) {
        int[] above = new int[b.size() + 1];
        for (String word : a) {
            int[] row = new int[b.size() + 1];
            for (int column = 1; column <= b.size(); column++) {
                row[column] = word.equals(b.get(column - 1))
                        ? above[column - 1] + 1
                        : Math.max(above[column], row[column - 1]);
            }
            above = row;
        }
        return above[b.size()];
    }
}
