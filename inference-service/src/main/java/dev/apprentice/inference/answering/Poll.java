package dev.apprentice.inference.answering;

import java.util.concurrent.atomic.AtomicInteger;

/** Records that came together: their offsets may be committed once Kafka has the outcome of each. */
final class Poll {

    private final AtomicInteger open;
    private final Runnable whenSettled;

    /** @param records how many, at least one */
    Poll(int records, Runnable whenSettled) {
        this.open = new AtomicInteger(records);
        this.whenSettled = whenSettled;
    }

    /** Kafka has the outcome of one more record. */
    void settled() {
        if (open.decrementAndGet() == 0) {
            whenSettled.run();
        }
    }
}
