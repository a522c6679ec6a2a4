package dev.apprentice.dataset.batches;

import dev.apprentice.model.tokenizer.Row;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.LongStream;

/**
 * Packs texts into rows one after another, as GPT-2's pretraining did. With a length of 4 and the end-of-text 0:
 *
 * <pre>
 * texts   1 2 0   3 4 5 0   6 0
 * rows    1 2 0 3 4   4 5 0 6 0
 * </pre>
 *
 * <p>A row begins with the last token of the row before, so every token but the very first is a target once. Attention covers the
 * whole row, so a text sees the texts before it in the row, beyond their end-of-text. Texts that must not see others need rows of
 * their own, without packing, which cost no padding here.
 *
 * <p>Each text's place in the order is drawn from the seed and the text's index alone. Texts that are added at the end do not
 * change which of two others comes first.
 */
final class TextPacking {

    private static final long PLACE = 0xffff_ffffL;

    /** The approximate number of texts sorted at once; each part of them makes all draws again. */
    private static final int AT_A_TIME = 1 << 20;

    private TextPacking() {}

    /**
     * Packs the texts.
     *
     * @param texts each with its end-of-text
     * @param maxLength inputs a row may have; the last row may have fewer
     * @param rows receives the rows
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

    /** Returns those places from 0 to n-1 whose draws fall into one part of the range, sorted by their draws. */
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
