package dev.apprentice.service.kafka;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * The one size that a record may have: of every producer, topic and consumer ({@code apprentice.kafka.max-record-bytes}).
 *
 * <p>What comes in is checked with this before it becomes a record, so that no later send can fail by its size.
 */
@ApplicationScoped
public class RecordLimit {

    /** What is kept free for headers and Kafka's own fields. */
    private static final int OVERHEAD_BYTES = 8 << 10;
    /** A prompt says an example's texts twice, a response and a judge's answer come on top; JSON escapes count already. */
    private static final int EXAMPLE_SHARE = 4;

    private final int bytes;

    @Inject
    RecordLimit(KafkaSettings settings) {
        this(settings.maxRecordBytes());
    }

    /** @param bytes the largest record, headers included */
    public RecordLimit(int bytes) {
        this.bytes = bytes;
    }

    /** The largest record in bytes, headers included. */
    public int bytes() {
        return bytes;
    }

    /** The most bytes that an example may have as JSON, so that all records made of it fit. */
    public int exampleBytes() {
        return (bytes - OVERHEAD_BYTES) / EXAMPLE_SHARE;
    }
}
