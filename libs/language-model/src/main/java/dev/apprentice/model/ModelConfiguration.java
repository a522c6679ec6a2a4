package dev.apprentice.model;

/**
 * What every family's config.json says.
 *
 * @param modelType {@code gpt2}, ...
 * @param vocabularySize rows of the embedding
 * @param contextLength positions the model has
 * @param layers transformer blocks
 * @param width size of the residual stream
 * @param endOfText the id that ends a text
 */
public record ModelConfiguration(
        String modelType, int vocabularySize, int contextLength, int layers, int width, int endOfText) {}
