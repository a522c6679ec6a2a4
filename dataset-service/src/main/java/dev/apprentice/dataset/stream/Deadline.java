package dev.apprentice.dataset.stream;

import java.time.Duration;

/** A time after something began, by a clock that does not jump. */
final class Deadline {

    private final Duration after;
    private boolean running;
    private long began;

    Deadline(Duration after) {
        this.after = after;
    }

    /** Begins to count, unless it counts already. */
    void begin() {
        if (!running) {
            running = true;
            began = System.nanoTime();
        }
    }

    void end() {
        running = false;
    }

    /** Whether it counts and the time is over. */
    boolean isOver() {
        return running && System.nanoTime() - began >= after.toNanos();
    }
}
