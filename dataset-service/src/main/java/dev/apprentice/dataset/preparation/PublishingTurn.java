package dev.apprentice.dataset.preparation;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/**
 * Limits how long a run publishes while others wait: to a minimum, or five times the time to tokenise its examples if that is
 * longer. Tokenising is repeated when its turn comes next. With a minimum of zero, each transaction may end the turn.
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

    /**
     * Records progress.
     *
     * @param done published batches: at the first call those from before this turn, then more with each transaction
     */
    void came(int done) {
        if (end == 0) {
            long now = System.nanoTime();
            end = now + Math.max(least, least == 0 ? 0 : TIMES_THE_PREPARATION * (now - began));
            first = done;
        }
        hasPublished = done > first;
    }

    /** Tells whether the turn is over because other runs wait; never before this turn has published something. */
    boolean isOver() {
        cutShort = hasPublished && System.nanoTime() - end >= 0 && othersWait.getAsBoolean();
        return cutShort;
    }

    /** Tells whether the turn ended because other runs wait. */
    boolean wasCutShort() {
        return cutShort;
    }
}
