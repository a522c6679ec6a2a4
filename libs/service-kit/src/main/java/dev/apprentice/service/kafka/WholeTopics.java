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
 * Topics that an instance reads whole: all partitions from their beginning, also those that are added later. Partitions are
 * assigned, not shared out in a group, so no other member is waited for. For one thread; where a consumer fails, the next one goes
 * on behind the last record that was taken.
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

    /** Uses a record. What it throws ends the reading; the record is read again. */
    @FunctionalInterface
    public interface Taker {

        void take(ConsumerRecord<String, byte[]> record) throws InterruptedException;
    }

    /** Whether all has been taken that was there when reading began: before, what is not known may just not be read yet. */
    public boolean isComplete() {
        return complete;
    }

    /**
     * Waits until all topics are there and reads them until the thread is stopped.
     *
     * @param consumer nothing is assigned to it yet
     * @param trouble is over when Kafka answers
     * @throws KafkaException what a poll met; call it again with another consumer
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

    /** Takes what partitions there are, which may become more; asks the broker for nothing once it knows the topics. */
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
