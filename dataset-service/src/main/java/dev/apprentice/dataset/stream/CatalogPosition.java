package dev.apprentice.dataset.stream;

import dev.apprentice.contracts.Topics;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Up to where the datasets of this service hold the instructions topic for sure. */
@ApplicationScoped
class CatalogPosition {

    private final Map<String, Object> kafka;
    private final String group;

    CatalogPosition(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            @ConfigProperty(name = "mp.messaging.incoming.instructions.group.id") String group) {
        this.kafka = kafka;
        this.group = group;
    }

    /** By partition, the offset that the channel has committed; a partition without is not there. */
    Map<Integer, Long> read() {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ConsumerConfig.GROUP_ID_CONFIG, group);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        try (Consumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
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
