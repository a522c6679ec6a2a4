package dev.apprentice.service;

import dev.apprentice.contracts.Topics;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;

/**
 * A record that could not be used, as it came, for whoever reads it outside a Reactive Messaging channel.
 *
 * <p>The headers are those of SmallRye's dead-letter-queue strategy, so that all dead letters look alike.
 */
public final class DeadLetter {

    public static final String REASON = "dead-letter-reason";
    public static final String CAUSE = "dead-letter-cause";
    public static final String TOPIC = "dead-letter-topic";
    public static final String PARTITION = "dead-letter-partition";
    public static final String OFFSET = "dead-letter-offset";

    private DeadLetter() {}

    /** What to send to {@link Topics#DEAD_LETTERS}. The record's own headers come along. */
    public static ProducerRecord<String, byte[]> of(ConsumerRecord<String, byte[]> record, Throwable why) {
        ProducerRecord<String, byte[]> letter =
                new ProducerRecord<>(Topics.DEAD_LETTERS, null, record.key(), record.value());
        for (Header header : record.headers()) {
            letter.headers().add(header);
        }
        put(letter, REASON, why.getMessage() == null ? why.toString() : why.getMessage());
        if (why.getCause() != null) {
            put(letter, CAUSE, String.valueOf(why.getCause().getMessage()));
        }
        put(letter, TOPIC, record.topic());
        put(letter, PARTITION, Integer.toString(record.partition()));
        put(letter, OFFSET, Long.toString(record.offset()));
        return letter;
    }

    private static void put(ProducerRecord<String, byte[]> letter, String name, String value) {
        letter.headers().remove(name);
        letter.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
