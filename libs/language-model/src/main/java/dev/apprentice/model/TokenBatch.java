package dev.apprentice.model;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * Ragged rows to learn from or to measure the loss on. In each row, all tokens but the last are inputs, and all but the first are
 * targets.
 *
 * <pre>
 * tokens        = [5, 6, 7, 8, 9]    two rows: [5, 6, 7] and [8, 9]
 * rowLengths    = [3, 2]
 * promptLengths = [2, 1]
 *
 * inputs        =  5  6     8
 * targets       =  6  7     9
 * answerOnly    =  -  7     9
 * </pre>
 *
 * @param tokens all rows, one after the other
 * @param rowLengths tokens in each row, at least 2
 * @param promptLengths leading tokens of each row that belong to the prompt
 * @param answerOnly count only targets after the prompt
 */
public record TokenBatch(int[] tokens, int[] rowLengths, int[] promptLengths, boolean answerOnly) {

    /** @throws IllegalArgumentException if the lengths are inconsistent */
    public TokenBatch {
        if (rowLengths.length == 0 || rowLengths.length != promptLengths.length) {
            throw new IllegalArgumentException("a batch needs at least 1 row, and as many prompt lengths as rows; there are "
                    + rowLengths.length + " rows and " + promptLengths.length + " prompt lengths");
        }
        if (IntStream.of(rowLengths).anyMatch(length -> length < 2)) {
            throw new IllegalArgumentException("every row needs at least 2 tokens; the lengths are " + Arrays.toString(rowLengths));
        }
        if (IntStream.of(rowLengths).asLongStream().sum() != tokens.length) {
            throw new IllegalArgumentException("the row lengths " + Arrays.toString(rowLengths) + " do not add up to the "
                    + tokens.length + " tokens");
        }
    }

    public int rows() {
        return rowLengths.length;
    }

    /** Returns the number of tokens that go into the model. */
    public int inputs() {
        return tokens.length - rowLengths.length;
    }

    /** Returns the number of tokens to predict. */
    public int targets() {
        return IntStream.range(0, rows())
                .map(row -> answerOnly ? Math.max(0, rowLengths[row] - Math.max(1, promptLengths[row])) : rowLengths[row] - 1)
                .sum();
    }

    /**
     * Returns a batch of some of the rows.
     *
     * @param chosen the rows' indices, from 0, at least one
     */
    public TokenBatch rows(int... chosen) {
        int[] starts = new int[rows()];
        for (int row = 1; row < starts.length; row++) {
            starts[row] = starts[row - 1] + rowLengths[row - 1];
        }
        return new TokenBatch(
                IntStream.of(chosen)
                        .flatMap(row -> Arrays.stream(tokens, starts[row], starts[row] + rowLengths[row]))
                        .toArray(),
                IntStream.of(chosen).map(row -> rowLengths[row]).toArray(),
                IntStream.of(chosen).map(row -> promptLengths[row]).toArray(),
                answerOnly);
    }

    /**
     * Returns the rows of several batches, in their order, as one batch.
     *
     * @param batches at least one; all with equal {@code answerOnly}
     * @throws IllegalArgumentException if they differ in it
     */
    public static TokenBatch of(List<TokenBatch> batches) {
        boolean answerOnly = batches.get(0).answerOnly;
        if (batches.stream().anyMatch(batch -> batch.answerOnly != answerOnly)) {
            throw new IllegalArgumentException("either all joined batches count only answers, or none does");
        }
        return new TokenBatch(
                batches.stream().flatMapToInt(batch -> Arrays.stream(batch.tokens)).toArray(),
                batches.stream().flatMapToInt(batch -> Arrays.stream(batch.rowLengths)).toArray(),
                batches.stream().flatMapToInt(batch -> Arrays.stream(batch.promptLengths)).toArray(),
                answerOnly);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenBatch that
                && Arrays.equals(tokens, that.tokens)
                && Arrays.equals(rowLengths, that.rowLengths)
                && Arrays.equals(promptLengths, that.promptLengths)
                && answerOnly == that.answerOnly;
    }

    @Override
    public int hashCode() {
        return Objects.hash(Arrays.hashCode(tokens), Arrays.hashCode(rowLengths), answerOnly);
    }

    @Override
    public String toString() {
        return "TokenBatch[" + rows() + " rows, " + tokens.length + " tokens]";
    }
}
