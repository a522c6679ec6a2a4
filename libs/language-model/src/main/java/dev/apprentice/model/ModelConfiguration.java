package dev.apprentice.model;

import java.util.List;
import java.util.Set;

/**
 * What every family's config.json says.
 *
 * @param modelType {@code gpt2}, ...
 * @param vocabularySize rows of the embedding
 * @param contextLength positions the model has
 * @param layers transformer blocks
 * @param width size of the residual stream
 * @param endsOfText the ids that end a text, at least one; the first is the one that rows of the training end with
 */
public record ModelConfiguration(
        String modelType, int vocabularySize, int contextLength, int layers, int width, List<Integer> endsOfText) {

    /** The id that rows end with, in training and in the perplexity. */
    public int endOfText() {
        return endsOfText.get(0);
    }

    /** The ids at which an answer ends. */
    public Set<Integer> stopIds() {
        return Set.copyOf(endsOfText);
    }
}
