package dev.apprentice.judge.metrics;

import dev.apprentice.chat.rouge.RougeWords;

/**
 * ROUGE-N: F-measure of the n-grams of words that both texts have (Lin, 2004), as {@link RougeWords} splits them.
 *
 * <pre>
 * reference "the cat sat on the mat"    its pairs of words: the cat, cat sat, sat on, on the, the mat
 * response  "the cat is on the mat"     the cat, cat is, is on, on the, the mat: three in common, ROUGE-2 = 3/5
 * </pre>
 */
public final class RougeN implements ReferenceMetric {

    private final int n;

    /** Creates the metric for n-grams of this many words, at least 1. */
    public RougeN(int n) {
        this.n = n;
    }

    @Override
    public String name() {
        return "rouge_" + n;
    }

    @Override
    public double of(String reference, String response) {
        Multiset wanted = Multiset.ofNeighbours(RougeWords.PUBLISHED.of(reference), n);
        Multiset given = Multiset.ofNeighbours(RougeWords.PUBLISHED.of(response), n);
        if (wanted.size() == 0 || given.size() == 0) {
            return 0;
        }
        return FMeasure.of(wanted.common(given), wanted.size(), given.size());
    }
}
