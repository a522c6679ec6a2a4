package dev.apprentice.model.tokenizer;

import java.util.List;

/**
 * Rows as a batch holds them: one after the other, without padding.
 *
 * <pre>
 * rows          1 2 3 | 4 5     of which 1 2 and 4 are the prompts'
 * tokens        1 2 3 4 5
 * lengths       3 2
 * promptLengths 2 1
 * </pre>
 *
 * @param tokens of all rows
 * @param lengths tokens in each row
 * @param promptLengths how many of a row's leading tokens belong to the prompt
 */
public record RaggedRows(int[] tokens, int[] lengths, int[] promptLengths) {

    public static RaggedRows of(List<Row> rows) {
        int[] lengths = rows.stream().mapToInt(row -> row.ids().length).toArray();
        int[] tokens = new int[rows.stream().mapToInt(row -> row.ids().length).sum()];
        int end = 0;
        for (Row row : rows) {
            System.arraycopy(row.ids(), 0, tokens, end, row.ids().length);
            end += row.ids().length;
        }
        return new RaggedRows(tokens, lengths, rows.stream().mapToInt(Row::promptLength).toArray());
    }
}
