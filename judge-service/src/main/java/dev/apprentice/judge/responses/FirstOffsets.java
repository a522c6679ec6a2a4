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

/** What Kafka still has of responses and scores: the first offset of each partition, asked now and then. For one thread. */
final class FirstOffsets implements Supplier<Map<TopicPartition, Long>> {

    private static final Logger LOG = Logger.getLogger(FirstOffsets.class);
    /** Retention works in steps of a segment, which are days rather than minutes apart. */
    private static final Duration GOOD_FOR = Duration.ofMinutes(30);
    /** A service that starts has other things to do. */
    private static final Duration AT_FIRST = Duration.ofMinutes(1);
    private static final List<String> TOPICS = List.of(Topics.RESPONSES.name(), Topics.SCORES.name());

    private final KafkaClients clients;
    private Map<TopicPartition, Long> known = Map.of();
    private long askAt = System.nanoTime() + AT_FIRST.toNanos();

    FirstOffsets(KafkaClients clients) {
        this.clients = clients;
    }

    /** The same map while nothing has changed; empty until it is known. */
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
        } catch (ExecutionException | KafkaException e) { // asked again in a while: what is kept longer does no harm
            LOG.debugf("what Kafka still has of the responses cannot be found out: %s", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
