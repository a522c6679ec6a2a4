package dev.apprentice.dataset.batches;

import dev.apprentice.model.tokenizer.Row;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * Fills rows with texts, one behind the other, as GPT-2's pretraining did. With a length of 4 and the end-of-text 0:
 *
 * <pre>
 * texts   1 2 0   3 4 5 0   6 0
 * rows    1 2 0 3 4   4 5 0 6 0
 * </pre>
 *
 * <p>A row begins with the last token of the one before, so that every token but the very first is a target once. Within a row
 * a text sees those before it, beyond their end-of-text: attention is over the whole row. Texts that are to see nothing of
 * others have rows of their own, which cost no padding here.
 *
 * <p>Each text's place in the order is drawn by the seed and its own place among the texts alone: texts that are added at the
 * end change nothing about which of two others comes first.
 */
final class TextPacking {

    private static final long PLACE = 0xffff_ffffL;

    /** About so many texts are put in order at once; for each part of them, all draws are made again. */
    private static final int AT_A_TIME = 1 << 20;

    private TextPacking() {}

    /**
     * @param texts each with its end-of-text
     * @param maxLength inputs a row may have; the last row may have fewer
     * @param rows takes the rows
     */
    static void pack(List<Row> texts, int maxLength, long seed, Consumer<Row> rows) {
        int[] row = new int[maxLength + 1];
        int filled = 0;
        int parts = 1 + texts.size() / AT_A_TIME;
        for (int part = 0; part < parts; part++) {
            for (int place : order(texts.size(), seed, part, parts)) {
                for (int id : texts.get(place).ids()) {
                    row[filled++] = id;
                    if (filled == row.length) {
                        rows.accept(new Row(row.clone(), 0));
                        row[0] = id;
                        filled = 1;
                    }
                }
            }
        }
        if (filled > 1) {
            rows.accept(new Row(Arrays.copyOf(row, filled), 0));
        }
    }

    /** The places among 0 to n-1 whose draws are in a part of all that may be drawn, by what is drawn for each. */
    private static int[] order(int n, long seed, int part, int parts) {
        SplittableRandom random = new SplittableRandom(seed);
        LongStream.Builder drawn = LongStream.builder();
        for (int place = 0; place < n; place++) {
            long one = random.nextLong();
            if (((one >> Integer.SIZE) - Integer.MIN_VALUE) * parts >>> Integer.SIZE == part) {
                drawn.add(one & ~PLACE | place);
            }
        }
        return drawn.build().sorted().mapToInt(one -> (int) (one & PLACE)).toArray();
    }
}
