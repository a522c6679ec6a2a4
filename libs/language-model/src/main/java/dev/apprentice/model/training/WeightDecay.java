package dev.apprentice.model.training;

/** Which weights AdamW pulls towards zero in each step. */
public enum WeightDecay {
    /** Every weight, as the textbook does. */
    ALL,
    /** Matrices and embeddings, but not biases or norms, as most training code does. */
    MATRICES
}
