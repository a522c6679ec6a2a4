package dev.apprentice.model.training;

/** Which weights are pulled towards zero in each step. */
public enum WeightDecay {
    /** Every weight, as the textbook does. */
    ALL,
    /** Matrices and embeddings, but neither biases nor norms, as most training code does. */
    MATRICES
}
