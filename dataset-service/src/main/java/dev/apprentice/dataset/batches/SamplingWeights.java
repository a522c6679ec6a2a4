package dev.apprentice.dataset.batches;

import java.util.List;
import java.util.SplittableRandom;

/**
 * How often an epoch learns each training example of a run's datasets. Of a weight the whole part is learned in any case, and the
 * rest is a probability, drawn by the seed.
 */
final class SamplingWeights {

    private final List<Double> weights;
    private final int[] ends;
    private final SplittableRandom random;
    private int part;

    /**
     * @param weights of each dataset that is shared out
     * @param ends behind the last example of each, among all
     */
    SamplingWeights(List<Double> weights, int[] ends, long seed) {
        this.weights = weights;
        this.ends = ends;
        this.random = new SplittableRandom(seed);
    }

    /** @param index the example's place; places only grow */
    int times(int index) {
        while (index >= ends[part]) {
            part++;
        }
        double weight = weights.get(part);
        int whole = (int) weight;
        return whole + (weight > whole && random.nextDouble() < weight - whole ? 1 : 0);
    }
}
