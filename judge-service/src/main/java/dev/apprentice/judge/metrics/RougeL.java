package dev.apprentice.judge.metrics;

import dev.apprentice.chat.rouge.CommonSubsequence;
import dev.apprentice.chat.rouge.RougeWords;
import java.util.List;

/**
 * ROUGE-L: F-measure of the longest common subsequence of words (Lin, 2004), as {@link RougeWords} splits them.
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

    /** Returns the published metric. */
    public static RougeL published() {
        return new RougeL(NAME, RougeWords.PUBLISHED);
    }

    /** Returns the variant that counts words of any script. */
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
        return FMeasure.of(CommonSubsequence.length(wanted, given), wanted.size(), given.size());
    }
}
