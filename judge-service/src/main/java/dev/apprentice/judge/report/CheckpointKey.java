package dev.apprentice.judge.report;

import java.util.Comparator;

/**
 * A checkpoint's run and step. In the natural order, a run's step 0 comes before its other steps.
 *
 * @param run the run
 * @param step the checkpoint's step
 */
record CheckpointKey(String run, int step) implements Comparable<CheckpointKey> {

    private static final Comparator<CheckpointKey> ORDER =
            Comparator.comparing(CheckpointKey::run).thenComparingInt(CheckpointKey::step);

    /** Reads {@code run/step}; a run's name contains no slash. */
    static CheckpointKey of(String text) {
        int slash = text.lastIndexOf('/');
        return new CheckpointKey(text.substring(0, slash), Integer.parseInt(text.substring(slash + 1)));
    }

    /** Returns the key of the base model, with which the run's checkpoints are compared. */
    CheckpointKey base() {
        return new CheckpointKey(run, 0);
    }

    boolean isBase() {
        return step == 0;
    }

    @Override
    public int compareTo(CheckpointKey other) {
        return ORDER.compare(this, other);
    }

    /** Returns {@code run/step}, the key of the checkpoint's report. */
    @Override
    public String toString() {
        return run + "/" + step;
    }
}
