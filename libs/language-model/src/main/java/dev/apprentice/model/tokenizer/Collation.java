package dev.apprentice.model.tokenizer;

import java.util.List;

/**
 * Rows as a batch holds them: one after the other, without padding. The drawing shows the way from examples to targets, where 0 is
 * the end-of-text and -100 a target that no loss counts:
 *
 * <pre>
 * prompt | answer        "Sing." | "La la"        "Hum." | "Hm"
 * {@link TokenizedRow}  1 2 | 3                  4 | 5
 * {@link Row}           1 2 3 0                  4 5 0                   {@link RowBuilder} ends it, and cuts it where it is too long
 * tokens                 1 2 3 0 4 5 0
 * lengths                4 3
 * promptLengths          2 1
 * inputs                 1 2 3                    4 5                     each row without its last token
 * targets                2 3 0                    5 0                     without its first
 * where answers count    -100 3 0                 5 0                     alone
 * </pre>
 *
 * @param tokens of all rows
 * @param lengths tokens in each row
 * @param promptLengths for each row the number of leading tokens that belong to the prompt
 */
public record Collation(int[] tokens, int[] lengths, int[] promptLengths) {

    public static Collation of(List<Row> rows) {
        int[] lengths = rows.stream().mapToInt(row -> row.ids().length).toArray();
        int[] tokens = new int[rows.stream().mapToInt(row -> row.ids().length).sum()];
        int end = 0;
        for (Row row : rows) {
            System.arraycopy(row.ids(), 0, tokens, end, row.ids().length);
            end += row.ids().length;
        }
        return new Collation(tokens, lengths, rows.stream().mapToInt(Row::promptLength).toArray());
    }
}
