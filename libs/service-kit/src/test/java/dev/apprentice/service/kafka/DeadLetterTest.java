package dev.apprentice.service.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

class DeadLetterTest {

    private static final int MIB = 1024 * 1024;

    private final Headers headers = new RecordHeaders();

    @Test
    void aSmallRecordComesWholeWithItsHeadersItsReasonAndItsPlace() {
        headers.add("ce_type", "x".getBytes(StandardCharsets.UTF_8));
        byte[] value = {1, 2, 3};

        ProducerRecord<String, byte[]> letter =
                DeadLetter.of(record("run/1", value), new IllegalStateException("unusable", new RuntimeException("deep")));

        assertThat(letter.topic()).isEqualTo("apprentice.dead-letters");
        assertThat(letter.key()).isEqualTo("run/1");
        assertThat(letter.value()).containsExactly(1, 2, 3);
        assertThat(header(letter, "ce_type")).contains("x");
        assertThat(header(letter, "dead-letter-reason")).contains("unusable");
        assertThat(header(letter, "dead-letter-cause")).contains("deep");
        assertThat(header(letter, "dead-letter-topic")).contains("apprentice.scores");
        assertThat(header(letter, "dead-letter-partition")).contains("2");
        assertThat(header(letter, "dead-letter-offset")).contains("17");
        assertThat(header(letter, "dead-letter-whole-bytes")).isEmpty();
    }

    @Test
    void ofALargeValueTheBeginningComesAndHowLargeItWas() {
        byte[] value = new byte[5 * MIB];
        new Random(7).nextBytes(value);

        ProducerRecord<String, byte[]> letter = DeadLetter.of(record("key", value), new IllegalStateException("unusable"));

        assertThat(letter.value()).isEqualTo(Arrays.copyOf(value, 65_536));
        assertThat(header(letter, "dead-letter-whole-bytes")).contains(Integer.toString(5 * MIB + 3));
    }

    @Test
    void aTextIsNotCutWithinACharacter() {
        for (int before : new int[] {2_045, 2_046, 2_047}) {
            String text = "a".repeat(before) + "\ud83c\udfb5".repeat(2_000);
            ProducerRecord<String, byte[]> letter = DeadLetter.of(record(text, new byte[1]), new IllegalStateException(text));
            assertThat(letter.key()).matches("a{" + before + "}(\ud83c\udfb5)*…").hasSizeBetween(2_047, 2_048);
            assertThat(header(letter, "dead-letter-reason").orElseThrow()).matches("a{" + before + "}(\ud83c\udfb5)*…");
        }
    }

    @Test
    void whateverIsLargeInARecordItsLetterIsSmall() {
        headers.add("trace", new byte[2 * MIB]);
        String text = "é".repeat(MIB);

        ProducerRecord<String, byte[]> letter = DeadLetter.of(
                record(text, text.getBytes(StandardCharsets.UTF_8)),
                new IllegalStateException(text, new IllegalStateException(text)));

        int size = letter.key().getBytes(StandardCharsets.UTF_8).length + letter.value().length;
        for (Header header : letter.headers()) {
            size += header.key().length() + header.value().length;
        }
        assertThat(size).isLessThan(128 * 1024);
        assertThat(header(letter, "trace")).isEmpty();
        assertThat(header(letter, "dead-letter-whole-bytes")).contains(Integer.toString(2 * MIB + 2 * MIB + 2 * MIB + 5));
    }

    @Test
    void aTombstoneStaysOne() {
        assertThat(DeadLetter.of(record("key", null), new IllegalStateException("no key")).value()).isNull();
    }

    private ConsumerRecord<String, byte[]> record(String key, byte[] value) {
        return new ConsumerRecord<>(
                "apprentice.scores", 2, 17, 0, TimestampType.CREATE_TIME, 0, 0, key, value, headers, Optional.empty());
    }

    private static Optional<String> header(ProducerRecord<?, ?> letter, String name) {
        return Optional.ofNullable(letter.headers().lastHeader(name))
                .map(header -> new String(header.value(), StandardCharsets.UTF_8));
    }
}
