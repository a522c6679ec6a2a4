package dev.apprentice.dataset.stream;

import dev.apprentice.contracts.topic.ConsumerGroups;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.service.kafka.KafkaClients;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.TopicPartition;

/** Reads the offsets of the instructions topic up to which this service's datasets are certainly complete. */
@ApplicationScoped
class CatalogPosition {

    private final KafkaClients clients;

    CatalogPosition(KafkaClients clients) {
        this.clients = clients;
    }

    /** Returns the committed offset of the dataset channel by partition; partitions without one are missing. */
    Map<Integer, Long> read() {
        Map<String, Object> group = Map.of(ConsumerConfig.GROUP_ID_CONFIG, ConsumerGroups.DATASET_SERVICE);
        try (Consumer<String, byte[]> consumer = clients.consumer("dataset-service-position", group)) {
            Set<TopicPartition> partitions = consumer.partitionsFor(Topics.INSTRUCTIONS.name()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .collect(Collectors.toSet());
            Map<Integer, Long> position = new TreeMap<>();
            consumer.committed(partitions).forEach((partition, offset) -> {
                if (offset != null) {
                    position.put(partition.partition(), offset.offset());
                }
            });
            return position;
        }
    }
}
