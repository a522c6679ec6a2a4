package dev.apprentice.model.training.batch;

import java.util.Arrays;
import java.util.Optional;

/**
 * Which tokens each token attends to, for attention without the fused operator.
 *
 * @param width the number of tokens in a row
 * @param isTree whether all tokens of a batch stand in one row, each once, instead of in the rows as given
 * @param scores [width, width]: what is added to the score of a token (row) for another token (column), 0 or -infinity
 */
record AttentionMask(int width, boolean isTree, float[] scores) {

    /** The most scores to compute. The backward pass keeps them for each layer: 1 MB a head in bfloat16. */
    private static final long MOST_SCORES = 1 << 19;

    /**
     * Returns the mask for attention that computes the scores of all pairs of tokens, unless there are too many pairs. A single
     * row saves arranging the tokens in several rows and gathering the results. It is chosen for up to twice as many scores.
     *
     * @param parents for each token the index of the token before it, negative for a row's first token
     * @param tokens the number of tokens, including those after the last parent, which do not count
     * @param rows the number of rows
     * @param width the number of inputs of the longest row
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

    /** Returns the mask in which a token attends to itself and to what its parent attends to. */
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
