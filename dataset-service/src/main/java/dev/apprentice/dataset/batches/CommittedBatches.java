package dev.apprentice.dataset.batches;

import dev.apprentice.contracts.event.Batch;
import dev.apprentice.contracts.topic.Topic;
import dev.apprentice.service.kafka.KafkaClients;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** Reads how much of a run's curriculum is committed. The log is the only record of it. */
public final class CommittedBatches {

    private static final long FIRST_LOOK_BACK = 16;
    private static final Duration POLL = Duration.ofMillis(200);

    private CommittedBatches() {}

    /**
     * Returns the last committed batch, empty if there is none.
     *
     * @param clients how to reach the broker
     * @param topic the run's topic, in which no transaction is open
     */
    public static Optional<Batch> last(KafkaClients clients, Topic<Batch> topic) {
        TopicPartition partition = new TopicPartition(topic.name(), 0);
        try (Consumer<String, byte[]> consumer = clients.consumer("dataset-service-batches", Map.of())) {
            consumer.assign(List.of(partition));
            return lastRecord(consumer, partition).map(record -> topic.read(record.value()));
        }
    }

    /** Looks back from the end in doubling steps, since commit markers and aborted batches take up offsets, too. */
    private static Optional<ConsumerRecord<String, byte[]>> lastRecord(
            Consumer<String, byte[]> consumer, TopicPartition partition) {
        long beginning = consumer.beginningOffsets(List.of(partition)).get(partition);
        long end = consumer.endOffsets(List.of(partition)).get(partition);
        for (long back = FIRST_LOOK_BACK; ; back *= 2) {
            long from = Math.max(beginning, end - back);
            Optional<ConsumerRecord<String, byte[]>> last = lastBetween(consumer, partition, from, end);
            if (last.isPresent() || from == beginning) {
                return last;
            }
        }
    }

    private static Optional<ConsumerRecord<String, byte[]>> lastBetween(
            Consumer<String, byte[]> consumer, TopicPartition partition, long from, long end) {
        consumer.seek(partition, from);
        ConsumerRecord<String, byte[]> last = null;
        while (consumer.position(partition) < end) {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                last = record;
            }
        }
        return Optional.ofNullable(last);
    }
}
