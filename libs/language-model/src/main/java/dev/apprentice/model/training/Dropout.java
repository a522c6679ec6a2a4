package dev.apprentice.model.training;

/**
 * The dropout seeds of each pass. A seed depends only on the run's seed, the step, the rank and the batch's place in the step. So
 * a training that resumes from a saved step drops the same inputs as an uninterrupted one.
 *
 * @param seed the run's seed
 * @param step the number of steps done before
 * @param rank this process's rank; each rank drops inputs of its own
 * @param ranks the number of ranks
 */
record Dropout(long seed, long step, int rank, int ranks) {

    /** The number of upper bits kept at zero. Each weight adds its index to the batch's seed, and the sum must not overflow. */
    private static final int FREE_BITS = 2;

    /**
     * Returns a batch's seed, at least 0.
     *
     * @param batch place in the step, from 0
     */
    long seedOf(int batch) {
        return mix(mix(mix(seed) + step) + (long) batch * ranks + rank) >>> FREE_BITS;
    }

    /** Mixes the bits as SplittableRandom does: David Stafford's 13th variant of MurmurHash3's finalizer. */
    private static long mix(long z) {
        z += 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
