package dev.apprentice.service.kafka;

import dev.apprentice.contracts.Shortened;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.service.metrics.DeadLetterCount;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * A record that could not be used, or whose result could not be sent: as much of it as always fits, the reason, and its topic,
 * partition and offset.
 *
 * <p>A dead letter is smaller than any record limit, so it can be written for a record of any size. {@link #WHOLE_BYTES} marks a
 * truncated one; topic, partition and offset lead to the whole record.
 */
public final class DeadLetter {

    public static final String REASON = "dead-letter-reason";
    public static final String CAUSE = "dead-letter-cause";
    public static final String TOPIC = "dead-letter-topic";
    public static final String PARTITION = "dead-letter-partition";
    public static final String OFFSET = "dead-letter-offset";
    /** Header of a truncated dead letter: the size of the whole record's key, value and headers, in bytes. */
    public static final String WHOLE_BYTES = "dead-letter-whole-bytes";

    /** Maximum number of bytes of the value. */
    public static final int VALUE_BYTES = 64 << 10;

    private static final int KEY_LENGTH = 2 << 10;
    private static final int HEADER_BYTES = 16 << 10;
    private static final int TEXT_LENGTH = 4 << 10;

    private DeadLetter() {}

    /**
     * Returns the record to send to {@link Topics#DEAD_LETTERS}, and counts it. It includes the original record's headers if they
     * fit.
     */
    public static ProducerRecord<String, byte[]> of(ConsumerRecord<String, byte[]> record, Throwable why) {
        boolean headersFit = size(record.headers()) <= HEADER_BYTES;
        String key = record.key() == null ? null : Shortened.to(KEY_LENGTH, record.key());
        ProducerRecord<String, byte[]> letter = new ProducerRecord<>(Topics.DEAD_LETTERS, null, key, beginning(record.value()));
        if (headersFit) {
            record.headers().forEach(letter.headers()::add);
        }
        put(letter, REASON, Shortened.to(TEXT_LENGTH, why.getMessage() == null ? why.toString() : why.getMessage()));
        if (why.getCause() != null) {
            put(letter, CAUSE, Shortened.to(TEXT_LENGTH, String.valueOf(why.getCause().getMessage())));
        }
        put(letter, TOPIC, record.topic());
        put(letter, PARTITION, Integer.toString(record.partition()));
        put(letter, OFFSET, Long.toString(record.offset()));
        boolean whole = headersFit && letter.value() == record.value() && letter.key() == record.key();
        if (!whole) {
            put(letter, WHOLE_BYTES, Long.toString(size(record)));
        }
        DeadLetterCount.add(record.topic());
        return letter;
    }

    private static byte[] beginning(byte[] value) {
        return value == null || value.length <= VALUE_BYTES ? value : Arrays.copyOf(value, VALUE_BYTES);
    }

    private static long size(ConsumerRecord<String, byte[]> record) {
        return (record.key() == null ? 0 : record.key().getBytes(StandardCharsets.UTF_8).length)
                + (record.value() == null ? 0 : record.value().length)
                + size(record.headers());
    }

    private static long size(Headers headers) {
        long size = 0;
        for (Header header : headers) {
            size += header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return size;
    }

    private static void put(ProducerRecord<String, byte[]> letter, String name, String value) {
        letter.headers().remove(name);
        letter.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
