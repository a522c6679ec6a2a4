package dev.apprentice.judge.responses;

import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.service.kafka.KafkaClients;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;
import org.jboss.logging.Logger;

/** The first offset that Kafka still has of each partition of responses and scores, refreshed at intervals. Not thread-safe. */
final class FirstOffsets implements Supplier<Map<TopicPartition, Long>> {

    private static final Logger LOG = Logger.getLogger(FirstOffsets.class);
    /**
     * How long known offsets stay valid. Retention deletes whole segments, which happens in steps of days rather than minutes.
     */
    private static final Duration GOOD_FOR = Duration.ofMinutes(30);
    /** The delay before the first query, since a starting service has more urgent work. */
    private static final Duration AT_FIRST = Duration.ofMinutes(1);
    private static final List<String> TOPICS = List.of(Topics.RESPONSES.name(), Topics.SCORES.name());

    private final KafkaClients clients;
    private Map<TopicPartition, Long> known = Map.of();
    private long askAt = System.nanoTime() + AT_FIRST.toNanos();

    FirstOffsets(KafkaClients clients) {
        this.clients = clients;
    }

    /** Returns the first offsets; the same instance as long as nothing has changed, and empty until they are known. */
    @Override
    public Map<TopicPartition, Long> get() {
        if (System.nanoTime() - askAt >= 0) {
            askAt = System.nanoTime() + GOOD_FOR.toNanos();
            ask();
        }
        return known;
    }

    private void ask() {
        try (Admin admin = clients.admin("judge-service-responses")) {
            Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
            admin.describeTopics(TOPICS).allTopicNames().get().forEach((topic, description) -> {
                for (TopicPartitionInfo partition : description.partitions()) {
                    wanted.put(new TopicPartition(topic, partition.partition()), OffsetSpec.earliest());
                }
            });
            Map<TopicPartition, Long> first = new HashMap<>();
            admin.listOffsets(wanted).all().get().forEach((partition, found) -> first.put(partition, found.offset()));
            if (!first.equals(known)) {
                known = Map.copyOf(first);
            }
        } catch (ExecutionException | KafkaException e) { // tried again later: keeping records longer does no harm
            LOG.debugf("the first offsets of the responses cannot be read: %s", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
