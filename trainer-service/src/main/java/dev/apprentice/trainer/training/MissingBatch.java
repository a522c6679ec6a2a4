package dev.apprentice.trainer.training;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Warns again and again about a batch that rank 0 has read and that does not come to this rank. */
final class MissingBatch {

    private static final Duration SAY_EVERY = Duration.ofMinutes(1);

    private final long offset;
    private final Consumer<String> log;
    private final LongSupplier nanoTime;
    private final long began;
    private long minutes;

    /** @param offset offset of the last batch that rank 0 has for this step */
    MissingBatch(long offset, Consumer<String> log, LongSupplier nanoTime) {
        this.offset = offset;
        this.log = log;
        this.nanoTime = nanoTime;
        this.began = nanoTime.getAsLong();
    }

    /** Warns once a minute. Called repeatedly while nothing comes. */
    void look() {
        long waited = (nanoTime.getAsLong() - began) / SAY_EVERY.toNanos();
        if (waited > minutes) {
            minutes = waited;
            log.accept("waited " + waited + " min for batches up to offset " + offset + ", which rank 0 has read; see that"
                    + " KAFKA_BOOTSTRAP_SERVERS of this rank names rank 0's Kafka, and that this machine reaches its brokers by the names"
                    + " that they advertise");
        }
    }
}
