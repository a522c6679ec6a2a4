package dev.apprentice.trainer.batches;

import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.trainer.run.KnownRun;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/** Tells whether a run has something to do, without starting to work on it. For one thread. */
public final class PublishedBatches implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final Consumer<String, byte[]> consumer;

    /** @param consumer closed with this */
    public PublishedBatches(Consumer<String, byte[]> consumer) {
        this.consumer = consumer;
    }

    /**
     * Tells whether the run's topic has committed records at or after this offset. Also true if the run has ended elsewhere,
     * which must still be recorded. False if the broker does not answer.
     */
    public boolean hasNewsFor(KnownRun run, long offset) {
        if (run.conclusion().isPresent()) {
            return true;
        }
        TopicPartition partition = new TopicPartition(Topics.batches(run.name()).name(), 0);
        try {
            List<?> partitions = consumer.partitionsFor(partition.topic(), PATIENCE);
            if (partitions == null || partitions.isEmpty()) {
                return false;
            }
            Map<TopicPartition, Long> ends = consumer.endOffsets(Set.of(partition), PATIENCE);
            return ends.get(partition) > offset;
        } catch (KafkaException brokerAway) {
            return false;
        }
    }

    @Override
    public void close() {
        consumer.close();
    }
}
