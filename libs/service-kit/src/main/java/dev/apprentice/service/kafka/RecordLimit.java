package dev.apprentice.service.kafka;

import dev.apprentice.contracts.event.Event;
import dev.apprentice.contracts.topic.EventSerializer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

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

    /** The most bytes that key and value may have together. */
    public int room() {
        return bytes - OVERHEAD_BYTES;
    }

    /** The most bytes that an example may have as JSON, so that all records made of it fit. */
    public int exampleBytes() {
        return room() / EXAMPLE_SHARE;
    }

    /** Whether a record of this key and value fits; either may be null. */
    public boolean fits(String key, byte[] value) {
        return size(key, value) <= room();
    }

    /** Whether the event fits. */
    public boolean fits(Event event) {
        return fits(event.key(), json(event));
    }

    /**
     * Why the event cannot be sent, in a sentence for people; empty where it fits.
     *
     * @param what the event in the words of who made it, such as {@code example 17}
     */
    public Optional<String> excess(String what, Event event) {
        return excess(what, size(event.key(), json(event)), room());
    }

    /** Why an example of this many bytes of JSON cannot be taken in; empty where it can. */
    public Optional<String> exampleExcess(String what, long jsonBytes) {
        return excess(what, jsonBytes, exampleBytes());
    }

    private static Optional<String> excess(String what, long size, int most) {
        return size <= most
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT,
                        "%s has %,d bytes, %,d are allowed; make it smaller, or raise apprentice.kafka.max-record-bytes of"
                                + " all services and of the broker",
                        what, size, most));
    }

    private static long size(String key, byte[] value) {
        return (key == null ? 0 : key.getBytes(StandardCharsets.UTF_8).length) + (value == null ? 0L : value.length);
    }

    private static byte[] json(Event event) {
        try (EventSerializer<Event> serializer = new EventSerializer<>()) {
            return serializer.serialize(null, event);
        }
    }
}
