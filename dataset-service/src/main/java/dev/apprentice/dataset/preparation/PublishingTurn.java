package dev.apprentice.dataset.preparation;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * How long a run may publish while others wait: a time, and five times as long as it took to tokenise its examples, because
 * that is done again when its turn comes next.
 */
final class PublishingTurn {

    private static final int TIMES_THE_PREPARATION = 5;

    private final long least;
    private final BooleanSupplier othersWait;
    private final long began = System.nanoTime();
    private long end;
    private int first;
    private boolean hasPublished;
    private boolean cutShort;

    PublishingTurn(Duration least, BooleanSupplier othersWait) {
        this.least = least.toNanos();
        this.othersWait = othersWait;
    }

    /** @param done batches that are published: first those that were before, then more with each transaction */
    void came(int done) {
        if (end == 0) {
            long now = System.nanoTime();
            end = now + Math.max(least, least == 0 ? 0 : TIMES_THE_PREPARATION * (now - began));
            first = done;
        }
        hasPublished = done > first;
    }

    /** Whether another run is to go on; never before something was published. */
    boolean isOver() {
        cutShort = hasPublished && System.nanoTime() - end >= 0 && othersWait.getAsBoolean();
        return cutShort;
    }

    /** Whether it ended for the sake of others. */
    boolean wasCutShort() {
        return cutShort;
    }
}
