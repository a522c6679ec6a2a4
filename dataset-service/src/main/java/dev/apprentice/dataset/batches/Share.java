package dev.apprentice.dataset.batches;

/** The part of a split that an example belongs to. */
public enum Share {
    /** Examples to learn from. */
    TRAIN,
    /** Examples to ask in the exam. */
    TEST,
    /** Examples to measure the loss on. */
    VALIDATION
}
