package dev.apprentice.inference.models;

import dev.apprentice.model.generation.Sampling;

/**
 * How a user's question is answered.
 *
 * @param maxNewTokens maximum number of tokens of the answer, at least 1; the model's context limits it further
 * @param sampling how the next token is chosen
 */
public record QuestionSettings(int maxNewTokens, Sampling sampling) {}
