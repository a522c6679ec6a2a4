package dev.apprentice.prompts;

/**
 * A question with its answer, as a model learns it.
 *
 * @param text all of it, up to and without the token that ends the answer
 * @param answer where the answer begins, in UTF-16 units
 */
public record AnsweredText(PromptText text, int answer) {}
