package dev.apprentice.model.training.batch;

import dev.apprentice.model.TokenBatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Divides the rows of a step among the ranks, so that each learns about equally many tokens. In each batch, the longest row left
 * goes to the rank with the fewest tokens so far in the step (Graham, 1969). Every rank computes the same division by itself.
 *
 * <pre>
 * rows of two batches, by length    [9, 4, 4] [6]
 * rank 0 of 2                       [9]       [ ]
 * rank 1 of 2                       [   4, 4] [6]
 * </pre>
 */
public final class RowShares {

    private RowShares() {}

    /** Returns the rank's share of each batch, in the batches' order. Batches in which it has no row are left out. */
    public static List<TokenBatch> of(List<TokenBatch> batches, int rank, int size) {
        if (size == 1) {
            return batches;
        }
        long[] tokens = new long[size];
        List<TokenBatch> share = new ArrayList<>();
        for (TokenBatch batch : batches) {
            int[] rows = rows(batch, rank, tokens);
            if (rows.length > 0) {
                share.add(batch.rows(rows));
            }
        }
        return share;
    }

    /** @param tokens the number of tokens of each rank so far; this batch's are added */
    private static int[] rows(TokenBatch batch, int rank, long[] tokens) {
        List<Integer> own = new ArrayList<>();
        IntStream.range(0, batch.rows())
                .boxed()
                .sorted(Comparator.comparing(row -> -batch.rowLengths()[row]))
                .forEach(row -> {
                    int least = leastOf(tokens);
                    tokens[least] += batch.rowLengths()[row];
                    if (least == rank) {
                        own.add(row);
                    }
                });
        return own.stream().sorted().mapToInt(row -> row).toArray();
    }

    private static int leastOf(long[] tokens) {
        return IntStream.range(0, tokens.length)
                .boxed()
                .min(Comparator.comparing(rank -> tokens[rank]))
                .orElseThrow();
    }
}
