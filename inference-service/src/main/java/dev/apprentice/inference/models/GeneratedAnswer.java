package dev.apprentice.inference.models;

import dev.apprentice.contracts.event.Response.FinishReason;

/**
 * What a model answered.
 *
 * @param text the answer, white space at both ends taken off; empty if the prompt was too long
 * @param finishReason why it ended
 * @param promptTokens tokens of the prompt
 * @param generatedTokens tokens the model wrote, the end-of-text included
 * @param seconds time the batch it was in took
 */
public record GeneratedAnswer(String text, FinishReason finishReason, int promptTokens, int generatedTokens, double seconds) {}
