package dev.apprentice.cli.follow;

import dev.apprentice.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Creates dead letters without a broker, all in one partition. */
final class Letters {

    private Letters() {}

    /** Makes the topic visible to the consumer. */
    static void hold(MockConsumer<byte[], byte[]> consumer) {
        consumer.updatePartitions(
                Topics.DEAD_LETTERS, List.of(new PartitionInfo(Topics.DEAD_LETTERS, 0, null, null, null)));
        consumer.updateBeginningOffsets(Map.of(new TopicPartition(Topics.DEAD_LETTERS, 0), 0L));
    }

    /** Creates a letter; its record's original offset is the letter's offset plus 100. */
    static ConsumerRecord<byte[], byte[]> letter(long offset, String topic, String key, String value, String reason) {
        Headers headers = new RecordHeaders()
                .add("dead-letter-reason", bytes(reason))
                .add("dead-letter-topic", bytes(topic))
                .add("dead-letter-partition", bytes("0"))
                .add("dead-letter-offset", bytes(Long.toString(100 + offset)));
        return record(offset, key, bytes(value), headers);
    }

    /** Creates the mark that a letter was resent. */
    static ConsumerRecord<byte[], byte[]> sentAgain(long offset, ConsumerRecord<byte[], byte[]> letter) {
        String origin = "apprentice.prompts-0@" + (100 + letter.offset()) + "#" + java.util.Arrays.hashCode(letter.value());
        return record(offset, "any", null, new RecordHeaders().add("dead-letter-sent-again", bytes(origin)));
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset, String key, byte[] value, Headers headers) {
        return new ConsumerRecord<>(Topics.DEAD_LETTERS, 0, offset, offset, TimestampType.CREATE_TIME, 0, 0, bytes(key),
                value, headers, Optional.empty());
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
