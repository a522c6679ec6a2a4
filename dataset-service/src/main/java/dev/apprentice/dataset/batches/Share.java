package dev.apprentice.dataset.batches;

/** What an example is for. */
public enum Share {
    /** To learn from. */
    TRAIN,
    /** To be asked in the exam. */
    TEST,
    /** To measure the loss on. */
    VALIDATION
}
