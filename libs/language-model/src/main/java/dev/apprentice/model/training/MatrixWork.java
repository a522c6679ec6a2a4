package dev.apprentice.model.training;

import dev.apprentice.model.family.Architecture;
import dev.apprentice.model.family.Weight;
import dev.apprentice.model.training.batch.PackedBatch;
import java.util.List;

/**
 * Counts the floating-point operations that a step's matrix multiplications need. For each token, each element of a matrix takes a
 * multiplication and an addition in the forward pass. It takes another two operations for the input's gradient, and two for its
 * own gradient, which frozen weights do not have (Kaplan et al., 2020, section 2.1). The count leaves out attention's own products
 * and what is computed twice to save memory. It also leaves out the last block's keys and values of tokens that nothing is
 * predicted from.
 *
 * @param blocks the number of blocks
 * @param block elements of the matrices in each block
 * @param head elements of the head
 * @param operations operations for each element and token
 */
record MatrixWork(int blocks, long block, long head, int operations) {

    private static final int OF_TRAINED = 6;
    private static final int OF_FROZEN = 4;

    static MatrixWork of(Architecture architecture, boolean isFrozen) {
        List<Weight> weights = architecture.weights();
        // the token embedding is first and has the head's shape
        long head = weights.get(0).elements();
        long matrices = weights.stream()
                .filter(weight -> weight.shape().size() > 1)
                .mapToLong(Weight::elements)
                .sum();
        long positions = architecture.constants().learnedPositions() ? weights.get(1).elements() : 0;
        long outside = positions + (architecture.constants().tied() ? head : 2 * head);
        int blocks = architecture.configuration().layers();
        return new MatrixWork(blocks, (matrices - outside) / blocks, head, isFrozen ? OF_FROZEN : OF_TRAINED);
    }

    /** Returns the operations for a batch. What several rows share counts once. */
    double of(PackedBatch batch) {
        return (double) operations * (block * ((blocks - 1.0) * batch.computed() + batch.kept()) + head * (double) batch.predicted());
    }
}
