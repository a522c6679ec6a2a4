package dev.apprentice.model;

/**
 * Ragged rows to learn from or to measure the loss on. Of each row, all tokens but the last are inputs, and all but the
 * first are targets.
 *
 * @param tokens all rows, one after the other
 * @param rowLengths tokens in each row, at least 2
 * @param promptLengths leading tokens of each row that belong to the prompt
 * @param answerOnly count only targets behind the prompt
 */
public record TokenBatch(int[] tokens, int[] rowLengths, int[] promptLengths, boolean answerOnly) {}
