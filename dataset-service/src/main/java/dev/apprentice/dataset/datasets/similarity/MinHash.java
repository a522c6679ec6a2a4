package dev.apprentice.dataset.datasets.similarity;

import java.util.Arrays;
import java.util.Random;

/**
 * Signatures of sets: at most {@value #SIZE} numbers, each the least hash of the set's elements under a hash function of its own. Two sets
 * have a number in common with a probability that is their Jaccard similarity.
 *
 * <p>Cut into {@value #BANDS} bands of {@value #ROWS}, two signatures have a whole band in common with the probability
 * 1 - (1 - s⁴)³²: 0.87 for a similarity s of 0.5, 0.9998 for 0.7, 0.05 for 0.2. A higher threshold needs fewer bands.
 *
 * @see <a href="http://infolab.stanford.edu/~ullman/mmds/ch3n.pdf">Leskovec, Rajaraman and Ullman, Mining of Massive Datasets,
 *     chapter 3</a>
 */
final class MinHash {

    static final int BANDS = 32;
    static final int ROWS = 4;
    static final int SIZE = BANDS * ROWS;

    private static final double MISSED = 1.0 / 5_000;

    private static final int[] FACTORS = new int[SIZE];
    private static final int[] ADDENDS = new int[SIZE];

    static {
        Random random = new Random(SIZE); // whose draws are specified, so that signatures are equal on every machine
        for (int i = 0; i < SIZE; i++) {
            FACTORS[i] = random.nextInt() | 1;
            ADDENDS[i] = random.nextInt();
        }
    }

    private MinHash() {}

    /** So many bands let at most one in 5,000 pairs of this similarity go unnoticed, as far as {@value #BANDS} suffice. */
    static int bandsFor(double similarity) {
        double missedByOne = 1 - Math.pow(similarity, ROWS);
        int bands = 1;
        for (double missed = missedByOne; missed > MISSED && bands < BANDS; missed *= missedByOne) {
            bands++;
        }
        return bands;
    }

    static int[] signature(int[] set) {
        return signature(set, BANDS);
    }

    /**
     * @param set hashes of its elements, at least one
     * @param bands how many bands the signature has
     */
    static int[] signature(int[] set, int bands) {
        int[] least = new int[bands * ROWS];
        Arrays.fill(least, Integer.MAX_VALUE);
        for (int element : set) {
            int mixed = mixed(element);
            for (int i = 0; i < least.length; i++) { // which compilers turn into vector instructions
                least[i] = Math.min(least[i], mixed * FACTORS[i] + ADDENDS[i]);
            }
        }
        return least;
    }

    /** What two signatures say of the similarity of their sets, 0 to 1. */
    static double similarity(int[] one, int[] other) {
        int common = 0;
        for (int i = 0; i < SIZE; i++) {
            common += one[i] == other[i] ? 1 : 0;
        }
        return (double) common / SIZE;
    }

    /** A hash of one band of a signature. */
    static long band(int[] signature, int band) {
        long hash = 0;
        for (int i = band * ROWS; i < (band + 1) * ROWS; i++) {
            hash = (hash ^ signature[i]) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        return hash;
    }

    /** Every bit of it depends on every bit of the hash (MurmurHash3's finalizer). */
    private static int mixed(int hash) {
        int mixed = (hash ^ hash >>> 16) * 0x85EBCA6B;
        mixed = (mixed ^ mixed >>> 13) * 0xC2B2AE35;
        return mixed ^ mixed >>> 16;
    }
}
