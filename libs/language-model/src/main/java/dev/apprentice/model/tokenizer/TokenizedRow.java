package dev.apprentice.model.tokenizer;

/**
 * One example as tokens.
 *
 * @param ids prompt and answer; the end-of-text is not in it
 * @param promptLength how many leading ids belong to the prompt: every token that begins before the prompt's last
 *     character ends, found by character offsets because a merge may cross the border
 */
public record TokenizedRow(int[] ids, int promptLength) {}
