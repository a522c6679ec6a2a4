package dev.apprentice.dataset.stream;

import java.time.Duration;
import java.util.function.LongSupplier;

/** A time after something began, by a clock that does not jump. */
final class Deadline {

    private final Duration after;
    private final LongSupplier nanoTime;
    private boolean running;
    private long began;

    Deadline(Duration after) {
        this(after, System::nanoTime);
    }

    /** @param nanoTime a clock that never jumps */
    Deadline(Duration after, LongSupplier nanoTime) {
        this.after = after;
        this.nanoTime = nanoTime;
    }

    /** Begins to count, unless it counts already. */
    void begin() {
        if (!running) {
            running = true;
            began = nanoTime.getAsLong();
        }
    }

    void end() {
        running = false;
    }

    /** Whether it counts and the time is over. */
    boolean isOver() {
        return running && nanoTime.getAsLong() - began >= after.toNanos();
    }
}
