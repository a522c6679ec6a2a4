package dev.apprentice.lab.soak;

import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.local.log.Broker;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Counts the training batches that a run has been given so far, by the key of the newest one. */
final class PublishedBatches {

    /**
     * How far from the end the search starts; more than the validation batches and transaction markers after the newest training
     * batch.
     */
    private static final int FROM_THE_END = 1_000;
    private static final Duration POLL = Duration.ofMillis(500);
    private static final String TRAINING = "train/1/";

    private final Map<String, Object> settings;
    private final TopicPartition partition;

    PublishedBatches(Broker broker, String run) {
        this.settings = broker.readingSettings();
        this.partition = new TopicPartition(Topics.batches(run).name(), 0);
    }

    int training() {
        int count = 0;
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            Set<TopicPartition> one = Set.of(partition);
            consumer.assign(one);
            long end = consumer.endOffsets(one).get(partition);
            consumer.seek(partition, Math.max(0, end - FROM_THE_END));
            while (consumer.position(partition) < end) {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                    if (record.key().startsWith(TRAINING)) {
                        count = Integer.parseInt(record.key().substring(TRAINING.length())) + 1;
                    }
                }
            }
        }
        return count;
    }
}
