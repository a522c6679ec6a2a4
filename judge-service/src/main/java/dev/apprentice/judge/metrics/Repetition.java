package dev.apprentice.judge.metrics;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Detects a repetitive answer: more than half of its runs of four words have occurred before (seq-rep-4 of Welleck et al.,
 * "Neural Text Generation with Unlikelihood Training", 2020, above 0.5).
 */
final class Repetition {

    private static final int RUN = 4;
    private static final double MOST = 0.5;
    private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");

    private Repetition() {}

    /**
     * Returns the share of runs of four words that have occurred before, from 0 to below 1; 0 for a text of fewer than four
     * words.
     */
    static double share(String text) {
        List<String> words = Arrays.asList(WHITE_SPACE.split(text.strip()));
        Multiset runs = Multiset.ofNeighbours(words, RUN);
        return runs.size() == 0 ? 0 : 1 - (double) runs.counts().size() / runs.size();
    }

    static boolean in(String text) {
        return share(text) > MOST;
    }
}
