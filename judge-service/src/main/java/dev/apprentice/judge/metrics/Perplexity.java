package dev.apprentice.judge.metrics;

/**
 * How surprised the model is at the reference answer: e to the power of its mean negative log-probability a token. 1 for a
 * model that knows it by heart.
 */
final class Perplexity {

    static final String NAME = "perplexity";

    private Perplexity() {}

    /**
     * The perplexity of answers whose statistics add up to these.
     *
     * @param sums the sum of the log-probabilities, and the tokens it is over
     */
    static double of(double[] sums) {
        return Math.min(Math.exp(-sums[0] / sums[1]), Double.MAX_VALUE);
    }
}
