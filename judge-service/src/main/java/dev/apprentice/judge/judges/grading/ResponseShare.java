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
 * Which responses are this instance's: those of the partitions that it holds in the group of graders, by their keys. Every key has
 * one instance, and a partition's next holder goes on with what the last one left.
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
     * Asks again which partitions are held.
     *
     * @throws ResponsesNotReadyException while the channel has no client, as until the broker's name is known
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
