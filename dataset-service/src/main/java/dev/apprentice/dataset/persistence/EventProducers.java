package dev.apprentice.dataset.persistence;

import dev.apprentice.contracts.Event;
import dev.apprentice.contracts.EventSerializer;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;

/** Makes producers of events, set so that nothing is lost and nothing is written twice. */
@ApplicationScoped
public class EventProducers {

    /** A batch of 512 rows of 4,096 tokens is about 14 MB of JSON. */
    private static final int LARGEST_EVENT_BYTES = 32 << 20;

    private final Map<String, Object> kafka;

    EventProducers(@Identifier("default-kafka-broker") Map<String, Object> kafka) {
        this.kafka = kafka;
    }

    /** @throws KafkaException if not even the broker's address can be resolved */
    public <E extends Event> Producer<String, E> idempotent(String client) {
        return producer(client, Map.of());
    }

    /**
     * @param id the transactional id: a producer shuts out an earlier one of the same id
     * @throws KafkaException if not even the broker's address can be resolved
     */
    public <E extends Event> Producer<String, E> transactional(String id) {
        return producer(id, Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id));
    }

    private <E extends Event> Producer<String, E> producer(String client, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(kafka);
        settings.put(ProducerConfig.CLIENT_ID_CONFIG, client);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_EVENT_BYTES);
        settings.putAll(more);
        EventSerializer<E> serializer = new EventSerializer<>();
        serializer.configure(settings, false);
        return new KafkaProducer<>(settings, new StringSerializer(), serializer);
    }
}
