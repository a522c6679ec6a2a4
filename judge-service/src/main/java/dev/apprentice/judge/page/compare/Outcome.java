package dev.apprentice.judge.page.compare;

/** The outcome of an example for the left checkpoint. */
public enum Outcome {
    WIN,
    LOSS,
    TIE
}
