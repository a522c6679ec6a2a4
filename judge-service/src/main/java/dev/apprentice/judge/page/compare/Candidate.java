package dev.apprentice.judge.page.compare;

/**
 * A checkpoint that is compared.
 *
 * @param run its run
 * @param step its step
 */
public record Candidate(String run, int step) {

    @Override
    public String toString() {
        return run + "@" + step;
    }
}
