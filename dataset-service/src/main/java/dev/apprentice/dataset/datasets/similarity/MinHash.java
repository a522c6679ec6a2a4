package dev.apprentice.dataset.datasets.similarity;

import java.util.Arrays;
import java.util.Random;

/**
 * MinHash signatures of sets: at most {@value #SIZE} numbers, each the least hash of the set's elements under its own hash
 * function. Each number of two signatures is equal with a probability that is the sets' Jaccard similarity.
 *
 * <p>Signatures are cut into {@value #BANDS} bands of {@value #ROWS} numbers. At least one band of two signatures is equal with
 * the probability 1 - (1 - s⁴)³²: 0.87 for a similarity s of 0.5, 0.9998 for 0.7, 0.05 for 0.2. A higher threshold needs fewer
 * bands.
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
        Random random = new Random(SIZE); // its algorithm is specified, so signatures are equal on all machines
        for (int i = 0; i < SIZE; i++) {
            FACTORS[i] = random.nextInt() | 1;
            ADDENDS[i] = random.nextInt();
        }
    }

    private MinHash() {}

    /** Returns the number of bands with which at most one in 5,000 pairs of this similarity is missed; at most {@value #BANDS}. */
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
     * Computes a signature.
     *
     * @param set hashes of its elements, at least one
     * @param bands number of bands in the signature
     */
    static int[] signature(int[] set, int bands) {
        int[] least = new int[bands * ROWS];
        Arrays.fill(least, Integer.MAX_VALUE);
        for (int element : set) {
            int mixed = mixed(element);
            for (int i = 0; i < least.length; i++) { // compiles to vector instructions
                least[i] = Math.min(least[i], mixed * FACTORS[i] + ADDENDS[i]);
            }
        }
        return least;
    }

    /** Estimates the similarity of two sets from their signatures, 0 to 1. */
    static double similarity(int[] one, int[] other) {
        int common = 0;
        for (int i = 0; i < SIZE; i++) {
            common += one[i] == other[i] ? 1 : 0;
        }
        return (double) common / SIZE;
    }

    /** Returns a hash of one band of a signature. */
    static long band(int[] signature, int band) {
        long hash = 0;
        for (int i = band * ROWS; i < (band + 1) * ROWS; i++) {
            hash = (hash ^ signature[i]) * 0x9E3779B97F4A7C15L;
            hash ^= hash >>> 32;
        }
        return hash;
    }

    /** Mixes a hash so that each bit depends on all bits (MurmurHash3's finalizer). */
    private static int mixed(int hash) {
        int mixed = (hash ^ hash >>> 16) * 0x85EBCA6B;
        mixed = (mixed ^ mixed >>> 13) * 0xC2B2AE35;
        return mixed ^ mixed >>> 16;
    }
}
