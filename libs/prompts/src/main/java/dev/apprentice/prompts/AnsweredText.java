package dev.apprentice.prompts;

/**
 * A question with its answer, from which a model learns.
 *
 * @param text the whole text, up to the token that ends the answer, which is not included
 * @param answer the position where the answer begins, in UTF-16 units
 */
public record AnsweredText(PromptText text, int answer) {}
