package dev.apprentice.dataset.batches;

import dev.apprentice.dataset.table.Longs;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * Computes the order in which an epoch sees its rows. It depends only on the seed, the epoch and the number of rows.
 *
 * <p>Fisher and Yates's shuffle in Durstenfeld's form: for i from n-1 down to 1, swap places i and j, where j is drawn from 0 to
 * i. The draws come from {@link SplittableRandom} (SplitMix64) seeded with {@code seed + epoch}.
 */
final class Shuffle {

    private Shuffle() {}

    /** Returns the places 0 to n-1 in shuffled order. */
    static int[] order(int n, long seed, int epoch) {
        int[] order = IntStream.range(0, n).toArray();
        shuffle(n, seed, epoch, (i, j) -> {
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        });
        return order;
    }

    /** Writes the shuffled places 0 to n-1. @param order has room for n */
    static void order(Longs order, int n, long seed, int epoch) {
        for (int i = 0; i < n; i++) {
            order.set(i, i);
        }
        shuffle(n, seed, epoch, (i, j) -> {
            long swapped = order.get(i);
            order.set(i, order.get(j));
            order.set(j, swapped);
        });
    }

    private static void shuffle(int n, long seed, int epoch, Swap swap) {
        SplittableRandom random = new SplittableRandom(seed + epoch);
        for (int i = n - 1; i > 0; i--) {
            swap.places(i, random.nextInt(i + 1));
        }
    }

    @FunctionalInterface
    private interface Swap {

        void places(int one, int other);
    }
}
