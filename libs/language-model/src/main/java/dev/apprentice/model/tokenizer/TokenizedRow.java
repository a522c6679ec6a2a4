package dev.apprentice.model.tokenizer;

/**
 * One example as tokens.
 *
 * @param ids prompt and answer, without the end-of-text
 * @param promptLength the number of leading ids that belong to the prompt: every token that begins before the prompt's last
 *     character ends. It is found by character offsets, because a merge may cross the border
 */
public record TokenizedRow(int[] ids, int promptLength) {}
