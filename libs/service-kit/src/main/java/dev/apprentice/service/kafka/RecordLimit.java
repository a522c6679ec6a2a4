package dev.apprentice.service.kafka;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/**
 * The maximum size of a record, for every producer, topic and consumer ({@code apprentice.kafka.max-record-bytes}).
 *
 * <p>Input is checked against it before it becomes a record, so no later send can fail because of its size.
 */
@ApplicationScoped
public class RecordLimit {

    /** Bytes reserved for headers and Kafka's own fields. */
    private static final int OVERHEAD_BYTES = 8 << 10;
    /**
     * Divisor for one example: a prompt holds an example's texts twice, and a response and a judge's answer add to that. JSON
     * escapes are included in an example's size.
     */
    private static final int EXAMPLE_SHARE = 4;

    private final int bytes;

    @Inject
    RecordLimit(KafkaSettings settings) {
        this(settings.maxRecordBytes());
    }

    /** @param bytes maximum size of a record, headers included */
    public RecordLimit(int bytes) {
        this.bytes = bytes;
    }

    /** Returns the maximum size of a record in bytes, headers included. */
    public int bytes() {
        return bytes;
    }

    /** Returns the maximum size of an example as JSON, in bytes, for which all records made of it fit. */
    public int exampleBytes() {
        return (bytes - OVERHEAD_BYTES) / EXAMPLE_SHARE;
    }
}
