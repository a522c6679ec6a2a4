package dev.apprentice.cli.letters;

import dev.apprentice.cli.client.UnreachableException;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.local.CommandException;
import dev.apprentice.local.log.Broker;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads the dead letters, old and new ones, without committing offsets. Not thread-safe. */
public final class LetterFeed implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Consumer<byte[], byte[]> consumer;

    /** Connects to the broker. @throws CommandException if the broker's settings are invalid */
    public LetterFeed(Broker broker) {
        this(connect(broker));
    }

    private static Consumer<byte[], byte[]> connect(Broker broker) {
        try {
            return new KafkaConsumer<>(broker.readingSettings(), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        } catch (KafkaException e) {
            throw broker.cannotBeUsed(e);
        }
    }

    /** Reads with this consumer and closes it in the end. */
    public LetterFeed(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /**
     * Passes new records to the box, without waiting for more.
     *
     * @throws UnreachableException if the broker does not respond; the next call continues at the same offset
     */
    public void look(LetterBox box) {
        try {
            if (!consumer.assignment().isEmpty() || find()) {
                consumer.poll(Duration.ZERO).forEach(box::take);
            }
        } catch (KafkaException e) {
            throw new UnreachableException("The dead letters cannot be read (" + e.getMessage() + ").", e);
        }
    }

    /** Finds the topic and tells whether it exists; the first letter creates it. */
    private boolean find() {
        List<PartitionInfo> partitions = consumer.listTopics(PATIENCE).getOrDefault(Topics.DEAD_LETTERS, List.of());
        List<TopicPartition> all = partitions.stream()
                .map(partition -> new TopicPartition(Topics.DEAD_LETTERS, partition.partition()))
                .toList();
        consumer.assign(all);
        consumer.seekToBeginning(all);
        return !all.isEmpty();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
