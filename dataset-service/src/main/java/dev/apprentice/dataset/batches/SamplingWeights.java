package dev.apprentice.dataset.batches;

import java.util.List;
import java.util.SplittableRandom;

/**
 * Draws how often an epoch learns each training example, by its dataset's weight. The whole part of a weight is certain; the
 * fraction is the probability of one more time, drawn by the seed.
 */
final class SamplingWeights {

    private final List<Double> weights;
    private final int[] ends;
    private final SplittableRandom random;
    private int part;

    /**
     * @param weights of each dataset, in order
     * @param ends index after the last example of each dataset, among all examples
     */
    SamplingWeights(List<Double> weights, int[] ends, long seed) {
        this.weights = weights;
        this.ends = ends;
        this.random = new SplittableRandom(seed);
    }

    /** Returns how often an example is learned. @param index the example's place; must not decrease between calls */
    int times(int index) {
        while (index >= ends[part]) {
            part++;
        }
        double weight = weights.get(part);
        int whole = (int) weight;
        return whole + (weight > whole && random.nextDouble() < weight - whole ? 1 : 0);
    }
}
