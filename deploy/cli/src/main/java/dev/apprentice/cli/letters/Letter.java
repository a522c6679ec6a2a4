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
 * A record that a service could not use, or the beginning of a large one, with the reason in headers of its own.
 *
 * @param record as it lies among the dead letters
 * @param sentAgain when its record was last written back to where it came from; empty where it was not
 */
public record Letter(ConsumerRecord<byte[], byte[]> record, Optional<Instant> sentAgain) {

    private static final String OWN_HEADERS = "dead-letter-";

    /** Its partition and offset, by which it is called on the command line. */
    public String id() {
        return record.partition() + "/" + record.offset();
    }

    /**
     * Tells the record that was dead-lettered from all others: by its place and, as a topic may have been made anew, by its value.
     * Where its writer did not say the place, the letter's own.
     */
    String origin() {
        return topic().isPresent() && partition().isPresent() && offset().isPresent()
                ? topic().get() + "-" + partition().get() + "@" + offset().get() + "#" + Arrays.hashCode(record.value())
                : id();
    }

    /** When it was dead-lettered. */
    public Instant at() {
        return Instant.ofEpochMilli(record.timestamp());
    }

    /** Where it came from; empty where its writer did not say. */
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

    /** Empty for a tombstone. */
    public Optional<String> value() {
        return Optional.ofNullable(record.value()).map(Letter::text);
    }

    /** The headers it came with. */
    public List<Header> headers() {
        List<Header> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            if (!header.key().startsWith(OWN_HEADERS)) {
                headers.add(header);
            }
        }
        return headers;
    }

    /** How many bytes the record has where this carries only a part of it; empty where it is whole. */
    public Optional<Long> wholeBytes() {
        return header("whole-bytes").map(Long::valueOf);
    }

    /** Where the record lies, such as {@code apprentice.scores-2 offset 17}. */
    public String place() {
        return topic().orElse("?") + "-" + partition().orElse("?") + " offset " + offset().orElse("?");
    }

    /** Whether it belongs to a run's batches. */
    public boolean isBatch() {
        return topic().map(topic -> topic.startsWith(Topics.BATCHES_PREFIX)).orElse(false);
    }

    /** The record as it came: topic, partition, key, value and headers; only its place in the partition is a new one. */
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

    /** As text, or where it is none as hexadecimal digits. */
    public static String text(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            return "0x" + HexFormat.of().formatHex(bytes);
        }
    }
}
