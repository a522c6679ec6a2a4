package dev.apprentice.dataset.lesson;

/** What an example is for. */
public enum Share {
    /** To learn from. */
    TRAIN,
    /** To be asked in the exam. */
    TEST,
    /** To measure the loss on. */
    VALIDATION
}
