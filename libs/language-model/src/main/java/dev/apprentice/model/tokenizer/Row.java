package dev.apprentice.model.tokenizer;

/**
 * One example as a model learns from it.
 *
 * @param ids prompt, answer and, unless it was truncated, the end-of-text; at least 2
 * @param promptLength the number of leading ids that belong to the prompt
 */
public record Row(int[] ids, int promptLength) {}
