package dev.apprentice.model;

import java.util.List;
import java.util.Set;

/**
 * The part of config.json that all families have in common.
 *
 * @param modelType {@code gpt2}, ...
 * @param vocabularySize rows of the embedding
 * @param contextLength the greatest number of positions
 * @param layers transformer blocks
 * @param width size of the residual stream
 * @param endsOfText the ids that end a text, at least one; rows of the training end with the first
 */
public record ModelConfiguration(
        String modelType, int vocabularySize, int contextLength, int layers, int width, List<Integer> endsOfText) {

    /** Returns the id that rows end with, in training and when measuring perplexity. */
    public int endOfText() {
        return endsOfText.get(0);
    }

    /** Returns the ids at which an answer ends. */
    public Set<Integer> stopIds() {
        return Set.copyOf(endsOfText);
    }
}
