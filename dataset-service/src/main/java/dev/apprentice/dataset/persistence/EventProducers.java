package dev.apprentice.dataset.persistence;

import dev.apprentice.contracts.event.Event;
import dev.apprentice.contracts.topic.EventSerializer;
import dev.apprentice.contracts.topic.TransactionalIds;
import dev.apprentice.service.kafka.KafkaClients;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;

/** Creates producers of events, with settings under which nothing is lost or written twice. */
@ApplicationScoped
public class EventProducers {

    /** Timeouts of producers for requests; the trainer's requests have the same ones. */
    private static final Map<String, Object> SOON = Map.of(
            ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000,
            ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, 5_000,
            ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, 8_000);

    private final KafkaClients clients;

    EventProducers(KafkaClients clients) {
        this.clients = clients;
    }

    /** Creates an idempotent producer. @throws KafkaException if the broker's address cannot be resolved */
    public <E extends Event> Producer<String, E> idempotent(String client) {
        return producer(client, Map.of());
    }

    /**
     * Creates a producer like {@link #idempotent}, for requests: what Kafka does not accept within 8 s fails.
     *
     * @throws KafkaException if the broker's address cannot be resolved
     */
    public <E extends Event> Producer<String, E> impatient(String client) {
        return producer(client, SOON);
    }

    /**
     * Creates a run's transactional producer, which fences an earlier one of that run.
     *
     * @throws KafkaException if the broker's address cannot be resolved
     */
    public <E extends Event> Producer<String, E> transactional(String run) {
        String id = TransactionalIds.dataset(run);
        return producer(id, Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id));
    }

    private <E extends Event> Producer<String, E> producer(String client, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        return clients.producer(client, settings, new EventSerializer<>());
    }
}
