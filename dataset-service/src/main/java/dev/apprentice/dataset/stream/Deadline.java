package dev.apprentice.dataset.stream;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A timeout, measured with a monotonic clock. */
final class Deadline {

    private final Duration after;
    private final LongSupplier nanoTime;
    private boolean running;
    private long began;

    Deadline(Duration after) {
        this(after, System::nanoTime);
    }

    /** @param nanoTime a monotonic clock */
    Deadline(Duration after, LongSupplier nanoTime) {
        this.after = after;
        this.nanoTime = nanoTime;
    }

    /** Starts the timeout, unless it runs already. */
    void begin() {
        if (!running) {
            running = true;
            began = nanoTime.getAsLong();
        }
    }

    void end() {
        running = false;
    }

    /** Tells whether the timeout runs and has expired. */
    boolean isOver() {
        return running && nanoTime.getAsLong() - began >= after.toNanos();
    }
}
