package dev.apprentice.model.generation;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Draws a row's next token. */
final class Sampler {

    /** The number of {@link #figures()}. */
    static final int FIGURES = 6;

    private final Sampling sampling;
    /** The row's random numbers. {@link java.util.Random} would give similar first numbers for all small seeds. */
    private final SplittableRandom random;

    Sampler(Sampling sampling) {
        this.sampling = sampling;
        this.random = new SplittableRandom(sampling.seed());
    }

    /**
     * Draws the next token.
     *
     * @param logits of all tokens; overwritten
     * @param present the ids that the row has so far
     */
    int draw(float[] logits, IntStream present) {
        penalise(logits, present);
        if (sampling.temperature() == 0) {
            return likeliest(logits);
        }
        int[] candidates = mostLikelyFirst(logits);
        double[] weights = weights(logits, candidates);
        return candidates[drawIndex(weights, kept(weights))];
    }

    /**
     * Returns the arguments with which the program for graphics cards draws the next token, in its order. Greedy decoding is topK
     * 1. A topP of 1 becomes 2, so that rounding errors drop no token.
     */
    double[] figures() {
        boolean draws = sampling.temperature() > 0;
        return new double[] {
            sampling.repetitionPenalty(),
            draws ? sampling.temperature() : 1,
            draws ? sampling.topK().orElse(Integer.MAX_VALUE) : 1,
            sampling.topP() == 1 ? 2 : sampling.topP(),
            sampling.minP(),
            draws ? random.nextDouble() : 0
        };
    }

    private void penalise(float[] logits, IntStream present) {
        if (sampling.repetitionPenalty() != 1) {
            present.distinct().forEach(id -> logits[id] *= (float)
                    (logits[id] > 0 ? 1 / sampling.repetitionPenalty() : sampling.repetitionPenalty()));
        }
    }

    private static int likeliest(float[] logits) {
        int best = 0;
        for (int id = 1; id < logits.length; id++) {
            if (logits[id] > logits[best]) {
                best = id;
            }
        }
        return best;
    }

    /**
     * Returns all ids, likeliest first. Sorts logit and id packed into one number, which is many times faster than sorting
     * objects.
     */
    private static int[] mostLikelyFirst(float[] logits) {
        long[] packed = new long[logits.length];
        for (int id = 0; id < logits.length; id++) {
            int bits = Float.floatToIntBits(logits[id]);
            int ordered = bits < 0 ? ~bits & 0x7FFFFFFF | 0x80000000 : bits;
            packed[id] = (long) ~ordered << 32 | id;
        }
        Arrays.sort(packed);
        return Arrays.stream(packed).mapToInt(number -> (int) number).toArray();
    }

    /** Returns the candidates' probabilities up to a common factor; the likeliest has 1. */
    private double[] weights(float[] logits, int[] candidates) {
        int count = Math.min(sampling.topK().orElse(candidates.length), candidates.length);
        double[] weights = new double[count];
        for (int i = 0; i < count; i++) {
            weights[i] = Math.exp((logits[candidates[i]] - logits[candidates[0]]) / sampling.temperature());
        }
        return weights;
    }

    /** Returns how many of the likeliest candidates remain to draw from; at least one. */
    private int kept(double[] weights) {
        double enough = sampling.topP() * Arrays.stream(weights).sum();
        double sum = 0;
        int kept = 0;
        while (kept < weights.length && weights[kept] >= sampling.minP() && (sum < enough || sampling.topP() == 1)) {
            sum += weights[kept++];
        }
        return kept;
    }

    private int drawIndex(double[] weights, int kept) {
        double point = random.nextDouble() * Arrays.stream(weights, 0, kept).sum();
        int index = 0;
        while (index < kept - 1 && point >= weights[index]) {
            point -= weights[index++];
        }
        return index;
    }
}
