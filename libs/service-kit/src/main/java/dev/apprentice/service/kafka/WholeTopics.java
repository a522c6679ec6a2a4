package dev.apprentice.service.kafka;

import dev.apprentice.contracts.topic.Topic;
import dev.apprentice.service.log.RepeatedWarning;
import dev.apprentice.service.threads.WatchedThread;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Reads topics as a whole: all partitions from their beginning, including those that are added later. Partitions are assigned
 * directly rather than by a group, so no other member can delay it. For one thread. If a consumer fails, the next one goes on
 * after the last record that was taken.
 */
public final class WholeTopics {

    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LOOK_FOR_TOPICS_EVERY = Duration.ofMillis(50);

    private final Set<String> topics;
    private final Map<TopicPartition, Long> nextOffsets = new HashMap<>();
    private volatile boolean complete;

    public WholeTopics(Topic<?>... topics) {
        this.topics = Stream.of(topics).map(Topic::name).collect(Collectors.toUnmodifiableSet());
    }

    /** Takes a record. An exception ends the reading, and the record is read again. */
    @FunctionalInterface
    public interface Taker {

        void take(ConsumerRecord<String, byte[]> record) throws InterruptedException;
    }

    /** Tells whether everything that existed when reading began has been taken. Until then, something unknown may exist. */
    public boolean isComplete() {
        return complete;
    }

    /**
     * Waits until all topics exist, and reads them until the thread is stopped.
     *
     * @param consumer a consumer without assigned partitions
     * @param trouble the warning that ends when Kafka answers
     * @throws KafkaException if Kafka fails; call it again with another consumer
     */
    public void read(Consumer<String, byte[]> consumer, WatchedThread self, RepeatedWarning trouble, Taker taker)
            throws InterruptedException {
        while (!consumer.listTopics().keySet().containsAll(topics)) {
            if (self.pause(LOOK_FOR_TOPICS_EVERY)) {
                return;
            }
        }
        Map<TopicPartition, Long> ends = Map.of();
        while (!self.isStopping()) {
            if (assign(consumer)) {
                ends = consumer.endOffsets(consumer.assignment());
            }
            for (ConsumerRecord<String, byte[]> record : consumer.poll(POLL)) {
                taker.take(record);
                nextOffsets.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
            }
            trouble.over();
            complete = complete || ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
        }
    }

    /**
     * Assigns all partitions, whose number may grow, and tells whether there are new ones. It asks the broker for nothing once
     * the topics are known.
     */
    private boolean assign(Consumer<String, byte[]> consumer) {
        Set<TopicPartition> partitions = topics.stream()
                .flatMap(topic -> consumer.partitionsFor(topic).stream())
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .collect(Collectors.toSet());
        Set<TopicPartition> before = consumer.assignment();
        if (before.containsAll(partitions)) {
            return false;
        }
        consumer.assign(partitions);
        partitions.stream().filter(partition -> !before.contains(partition)).forEach(partition -> {
            if (nextOffsets.containsKey(partition)) {
                consumer.seek(partition, nextOffsets.get(partition));
            } else {
                consumer.seekToBeginning(List.of(partition));
            }
        });
        return true;
    }
}
