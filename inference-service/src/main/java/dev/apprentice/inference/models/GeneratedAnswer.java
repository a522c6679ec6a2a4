package dev.apprentice.inference.models;

import dev.apprentice.contracts.event.Response.FinishReason;

/**
 * A model's answer.
 *
 * @param text the answer without white space at both ends; empty if the prompt was too long
 * @param finishReason why the answer ended
 * @param promptTokens tokens of the prompt
 * @param generatedTokens tokens that the model generated, including the end-of-text
 * @param seconds time that its whole batch took
 */
public record GeneratedAnswer(String text, FinishReason finishReason, int promptTokens, int generatedTokens, double seconds) {}
