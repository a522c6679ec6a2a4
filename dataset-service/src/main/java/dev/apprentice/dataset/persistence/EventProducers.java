package dev.apprentice.dataset.persistence;

import dev.apprentice.contracts.Event;
import dev.apprentice.contracts.EventSerializer;
import dev.apprentice.contracts.TransactionalIds;
import dev.apprentice.service.kafka.KafkaClients;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** Makes producers of events, set so that nothing is lost and nothing is written twice. */
@ApplicationScoped
public class EventProducers {

    private final KafkaClients clients;

    EventProducers(KafkaClients clients) {
        this.clients = clients;
    }

    /** @throws KafkaException if not even the broker's address can be resolved */
    public <E extends Event> Producer<String, E> idempotent(String client) {
        return producer(client, Map.of());
    }

    /**
     * A run's transactional producer, which shuts out an earlier one of the same run.
     *
     * @throws KafkaException if not even the broker's address can be resolved
     */
    public <E extends Event> Producer<String, E> transactional(String run) {
        String id = TransactionalIds.dataset(run);
        return producer(id, Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id));
    }

    /**
     * Whether a run's producer that was shut out was so by the broker, which ends a transaction that takes too long: the
     * newest transaction was aborted, and no other process has taken the run over since.
     *
     * @throws KafkaException if the broker does not say
     */
    public boolean isAborted(String run) {
        String id = TransactionalIds.dataset(run);
        try (Admin admin = clients.admin("dataset-service-transactions")) {
            TransactionState state = admin.describeTransactions(Set.of(id)).description(id).get().state();
            return state == TransactionState.PREPARE_ABORT || state == TransactionState.COMPLETE_ABORT;
        } catch (ExecutionException e) {
            throw new KafkaException("transactions of " + id + ": " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    private <E extends Event> Producer<String, E> producer(String client, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        return clients.producer(client, settings, new EventSerializer<>());
    }
}
