package dev.apprentice.model.tokenizer;

/**
 * One example as a model learns from it.
 *
 * @param ids prompt, answer and, unless it was cut off, the end-of-text; at least 2
 * @param promptLength how many leading ids belong to the prompt
 */
public record Row(int[] ids, int promptLength) {}
