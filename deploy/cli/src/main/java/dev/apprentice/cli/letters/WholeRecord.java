package dev.apprentice.cli.letters;

import dev.apprentice.local.CommandException;
import dev.apprentice.local.log.Broker;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Fetches the whole record of a truncated letter from its topic. */
final class WholeRecord {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int POLLS = 20;

    private final Broker broker;

    WholeRecord(Broker broker) {
        this.broker = broker;
    }

    /**
     * Reads the record.
     *
     * @throws CommandException if it no longer exists, or the broker does not respond
     */
    ConsumerRecord<byte[], byte[]> of(Letter letter) {
        TopicPartition partition = new TopicPartition(
                letter.topic().orElseThrow(() -> gone(letter)),
                Integer.parseInt(letter.partition().orElseThrow(() -> gone(letter))));
        long offset = Long.parseLong(letter.offset().orElseThrow(() -> gone(letter)));
        try (Consumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                broker.readingSettings(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            return at(consumer, partition, offset)
                    .filter(record -> startsWith(record.value(), letter.record().value()))
                    .orElseThrow(() -> gone(letter));
        } catch (KafkaException e) {
            throw broker.cannotBeUsed(e);
        }
    }

    private static Optional<ConsumerRecord<byte[], byte[]>> at(
            Consumer<byte[], byte[]> consumer, TopicPartition partition, long offset) {
        if (!consumer.listTopics(PATIENCE).containsKey(partition.topic())) {
            return Optional.empty();
        }
        List<TopicPartition> one = List.of(partition);
        consumer.assign(one);
        long end = consumer.endOffsets(one, PATIENCE).get(partition);
        if (offset >= end || offset < consumer.beginningOffsets(one, PATIENCE).get(partition)) {
            return Optional.empty();
        }
        consumer.seek(partition, offset);
        for (int poll = 0; poll < POLLS && consumer.position(partition) == offset; poll++) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(PATIENCE.dividedBy(POLLS))) {
                return Optional.of(record).filter(found -> found.offset() == offset);
            }
        }
        return Optional.empty();
    }

    /** Compares the beginnings, since another record may have this offset by now if the topic was recreated. */
    private static boolean startsWith(byte[] whole, byte[] beginning) {
        return whole != null
                && beginning != null
                && whole.length >= beginning.length
                && Arrays.equals(whole, 0, beginning.length, beginning, 0, beginning.length);
    }

    private static CommandException gone(Letter letter) {
        return new CommandException("Dead letter " + letter.id() + " is truncated, and the whole record is no longer at "
                + letter.place() + "; it cannot be resent.");
    }
}
