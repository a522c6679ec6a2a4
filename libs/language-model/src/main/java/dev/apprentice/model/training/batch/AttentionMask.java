package dev.apprentice.model.training.batch;

import java.util.Arrays;
import java.util.Optional;

/**
 * Which token looks at which, for attention without the fused operator.
 *
 * @param width how many tokens stand in a row
 * @param isTree whether all tokens of a batch stand in one row, each once, instead of in rows as they were given
 * @param scores [width, width]: what is added to the score of a token (row) for another one (column), 0 or -infinity
 */
record AttentionMask(int width, boolean isTree, float[] scores) {

    /** What it computes is kept for the way back in each layer: 1 MB a head in bfloat16. */
    private static final long MOST_SCORES = 1 << 19;

    /**
     * The mask for attention in which the scores of all pairs of tokens are computed, if there are few enough. A single row
     * saves laying out the tokens in several and collecting what came of them, which is worth computing more scores.
     *
     * @param parents of each token the one before it, negative for those that stand first
     * @param tokens how many there are, with those behind the last parent that do not count
     * @param rows how many rows
     * @param width of the longest
     */
    static Optional<AttentionMask> of(long[] parents, int tokens, int rows, int width) {
        long ofTree = (long) tokens * tokens;
        long ofRows = (long) rows * width * width;
        if (ofTree <= Math.min(2 * ofRows, MOST_SCORES)) {
            return Optional.of(new AttentionMask(tokens, true, ofTree(parents, tokens)));
        }
        return ofRows <= MOST_SCORES
                ? Optional.of(new AttentionMask(width, false, causal(width)))
                : Optional.empty();
    }

    private static float[] causal(int width) {
        float[] scores = hidden(width);
        for (int token = 0; token < width; token++) {
            Arrays.fill(scores, token * width, token * width + token + 1, 0);
        }
        return scores;
    }

    /** A token sees what its parent sees, and itself. */
    private static float[] ofTree(long[] parents, int tokens) {
        float[] scores = hidden(tokens);
        for (int token = 0; token < tokens; token++) {
            if (token < parents.length && parents[token] >= 0) {
                System.arraycopy(scores, (int) parents[token] * tokens, scores, token * tokens, token);
            }
            scores[token * tokens + token] = 0;
        }
        return scores;
    }

    private static float[] hidden(int width) {
        float[] scores = new float[width * width];
        Arrays.fill(scores, Float.NEGATIVE_INFINITY);
        return scores;
    }
}
