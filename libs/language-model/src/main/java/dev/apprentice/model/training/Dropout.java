package dev.apprentice.model.training;

/**
 * The seeds of what is left out in each pass: made of the run's seed, the step and the batch's place in the step, so that a
 * training that goes on from a saved step leaves out what it would have left out undisturbed.
 *
 * @param seed of the run
 * @param step how many steps came before
 * @param rank each leaves out inputs of its own
 * @param ranks how many there are
 */
record Dropout(long seed, long step, int rank, int ranks) {

    /** The weights of a model take seeds of their own beside a batch's, which must not reach the largest number. */
    private static final int FREE_BITS = 2;

    /** At least 0. @param batch place in the step, from 0 */
    long seedOf(int batch) {
        return mix(mix(mix(seed) + step) + (long) batch * ranks + rank) >>> FREE_BITS;
    }

    /** David Stafford's 13th variant of MurmurHash3's finalizer, as SplittableRandom uses it. */
    private static long mix(long z) {
        z += 0x9e3779b97f4a7c15L;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
