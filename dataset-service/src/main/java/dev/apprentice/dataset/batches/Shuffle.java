package dev.apprentice.dataset.batches;

import java.util.SplittableRandom;

/**
 * The order in which an epoch sees its rows.
 *
 * <p>Fisher and Yates's shuffle in Durstenfeld's form: for i from n-1 down to 1, swap places i and j, where j is drawn
 * from 0 to i. The draws come from {@link SplittableRandom} (SplitMix64) seeded with {@code seed + epoch}, so that an
 * epoch's order depends on nothing but the seed, the epoch and the number of rows.
 */
final class Shuffle {

    private Shuffle() {}

    /** The places 0 to n-1 in shuffled order. */
    static int[] order(int n, long seed, int epoch) {
        SplittableRandom random = new SplittableRandom(seed + epoch);
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            order[i] = i;
        }
        for (int i = n - 1; i > 0; i--) {
            int j = random.nextInt(i + 1);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return order;
    }
}
