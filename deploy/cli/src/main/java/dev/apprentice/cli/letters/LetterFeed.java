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

/** The dead letters there are and those that come, without leaving a trace there. For one thread. */
public final class LetterFeed implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Consumer<byte[], byte[]> consumer;

    /** @throws CommandException if no client can be made with the broker's settings */
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

    /** Reads with this consumer, which becomes its own. */
    public LetterFeed(Consumer<byte[], byte[]> consumer) {
        this.consumer = consumer;
    }

    /**
     * Takes what has come since the last look, without waiting for more.
     *
     * @throws UnreachableException when the broker does not answer; the next look goes on where this one was
     */
    public void look(LetterBox box) {
        try {
            if (!consumer.assignment().isEmpty() || find()) {
                consumer.poll(Duration.ZERO).forEach(box::take);
            }
        } catch (KafkaException e) {
            throw new UnreachableException("The dead letters cannot be looked at (" + e.getMessage() + ").", e);
        }
    }

    /** Whether the topic is there: it is made with the first letter. */
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
