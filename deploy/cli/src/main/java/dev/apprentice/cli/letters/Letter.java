package dev.apprentice.cli.letters;

import dev.apprentice.contracts.topic.Topics;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A record that a service could not use, possibly truncated, with the reason in headers of its own.
 *
 * @param record the record on the topic of dead letters
 * @param sentAgain when its record was last written back to its topic; empty if it was not
 */
public record Letter(ConsumerRecord<byte[], byte[]> record, Optional<Instant> sentAgain) {

    private static final String OWN_HEADERS = "dead-letter-";

    /** Returns its partition and offset, which name it on the command line. */
    public String id() {
        return record.partition() + "/" + record.offset();
    }

    /**
     * Returns what identifies the original record: its topic, partition and offset and, since a topic may have been recreated, a
     * hash of its value. If its writer did not record the place, this is the letter's own id.
     */
    String origin() {
        return topic().isPresent() && partition().isPresent() && offset().isPresent()
                ? topic().get() + "-" + partition().get() + "@" + offset().get() + "#" + Arrays.hashCode(record.value())
                : id();
    }

    /** Returns when it was dead-lettered. */
    public Instant at() {
        return Instant.ofEpochMilli(record.timestamp());
    }

    /** Returns the topic it came from; empty if its writer did not record it. */
    public Optional<String> topic() {
        return header("topic");
    }

    public String reason() {
        return header("reason").orElse("no reason given");
    }

    public Optional<String> cause() {
        return header("cause");
    }

    public Optional<String> partition() {
        return header("partition");
    }

    public Optional<String> offset() {
        return header("offset");
    }

    public Optional<String> key() {
        return Optional.ofNullable(record.key()).map(Letter::text);
    }

    /** Returns the value as text; empty for a tombstone. */
    public Optional<String> value() {
        return Optional.ofNullable(record.value()).map(Letter::text);
    }

    /** Returns the headers of the original record. */
    public List<Header> headers() {
        List<Header> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            if (!header.key().startsWith(OWN_HEADERS)) {
                headers.add(header);
            }
        }
        return headers;
    }

    /** Returns the size of the whole record in bytes, if this letter is truncated; else empty. */
    public Optional<Long> wholeBytes() {
        return header("whole-bytes").map(Long::valueOf);
    }

    /** Returns the place of the original record, such as {@code apprentice.scores-2 offset 17}. */
    public String place() {
        return topic().orElse("?") + "-" + partition().orElse("?") + " offset " + offset().orElse("?");
    }

    /** Tells whether it came from a topic of a run's batches. */
    public boolean isBatch() {
        return topic().map(topic -> topic.startsWith(Topics.BATCHES_PREFIX)).orElse(false);
    }

    /** Returns the original record: topic, partition, key, value and headers. It gets a new offset. */
    ProducerRecord<byte[], byte[]> asItCame() {
        return new ProducerRecord<>(
                topic().orElseThrow(),
                partition().map(Integer::valueOf).orElse(null),
                record.key(),
                record.value(),
                headers());
    }

    private Optional<String> header(String name) {
        return Optional.ofNullable(record.headers().lastHeader(OWN_HEADERS + name))
                .map(Header::value)
                .map(Letter::text);
    }

    /** Returns bytes as UTF-8 text, or as hexadecimal digits if they are not UTF-8. */
    public static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return "0x" + HexFormat.of().formatHex(bytes);
        }
    }
}
