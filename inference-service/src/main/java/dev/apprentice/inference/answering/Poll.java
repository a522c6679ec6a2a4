package dev.apprentice.inference.answering;

import java.util.concurrent.atomic.AtomicInteger;

/** Records of one poll. Their offsets may be committed once Kafka has the outcome of each. */
final class Poll {

    private final AtomicInteger open;
    private final Runnable whenSettled;

    /**
     * @param records number of records, at least 1
     * @param whenSettled called once, when Kafka has the outcome of all
     */
    Poll(int records, Runnable whenSettled) {
        this.open = new AtomicInteger(records);
        this.whenSettled = whenSettled;
    }

    /** Notes that Kafka has the outcome of one more record. */
    void settled() {
        if (open.decrementAndGet() == 0) {
            whenSettled.run();
        }
    }
}
