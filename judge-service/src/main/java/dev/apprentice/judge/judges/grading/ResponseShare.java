package dev.apprentice.judge.judges.grading;

import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.judge.responses.ResponsesNotReadyException;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;

/**
 * The share of responses that this instance handles: those whose keys fall into the partitions assigned to it in the group of
 * graders. Each key belongs to one instance. After a rebalance the new owner of a partition continues the work on it.
 */
@ApplicationScoped
class ResponseShare {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final KafkaClientService clients;
    private volatile Set<Integer> held = Set.of();
    private volatile int partitions;

    ResponseShare(KafkaClientService clients) {
        this.clients = clients;
    }

    /**
     * Refreshes the set of assigned partitions.
     *
     * @throws ResponsesNotReadyException while the channel has no Kafka consumer, such as before the broker's address is known
     */
    void refresh() {
        var consumer = clients.<String, byte[]>getConsumer(ResponseChannel.RESPONSES);
        if (consumer == null) {
            throw new ResponsesNotReadyException("the channel of responses has not started yet");
        }
        held = consumer.getAssignments().await().atMost(TIMEOUT).stream()
                .map(TopicPartition::partition)
                .collect(Collectors.toSet());
        if (partitions == 0) {
            partitions = consumer
                    .runOnPollingThread(kafka -> {
                        return kafka.partitionsFor(Topics.RESPONSES.name()).size();
                    })
                    .await()
                    .atMost(TIMEOUT);
        }
    }

    boolean holds(String key) {
        return partitions > 0
                && held.contains(Utils.toPositive(Utils.murmur2(key.getBytes(StandardCharsets.UTF_8))) % partitions);
    }
}
