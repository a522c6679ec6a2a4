package dev.apprentice.judge.page.compare;

/** How an example ended, seen from the left. */
public enum Outcome {
    WIN,
    LOSS,
    TIE
}
