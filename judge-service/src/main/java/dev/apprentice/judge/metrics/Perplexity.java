package dev.apprentice.judge.metrics;

/**
 * The model's perplexity on the reference answer: e to the power of the mean negative log-probability per token. It is 1 for a
 * model that predicts every token with certainty.
 */
final class Perplexity {

    static final String NAME = "perplexity";

    private Perplexity() {}

    /**
     * Returns the perplexity of answers whose statistics add up to these.
     *
     * @param sums the sum of the log-probabilities, and the number of tokens
     */
    static double of(double[] sums) {
        return Math.min(Math.exp(-sums[0] / sums[1]), Double.MAX_VALUE);
    }
}
