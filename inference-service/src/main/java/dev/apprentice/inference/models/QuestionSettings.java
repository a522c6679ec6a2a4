package dev.apprentice.inference.models;

import dev.apprentice.model.generation.Sampling;

/**
 * How a question of a person is answered.
 *
 * @param maxNewTokens tokens the answer may have, at least 1; the model's context is a limit in any case
 * @param sampling how the next token is chosen
 */
public record QuestionSettings(int maxNewTokens, Sampling sampling) {}
