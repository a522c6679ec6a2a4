package dev.apprentice.inference.answering;

import dev.apprentice.service.kafka.KafkaClients;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;

/** The producer of responses and dead letters. It is idempotent, waits for all in-sync replicas, and can be replaced by a new one. */
@ApplicationScoped
class ExamProducer {

    static final String CLIENT = "inference-service";

    private static final Duration PATIENCE_AT_THE_END = Duration.ofSeconds(5);

    private final Supplier<Producer<String, byte[]>> open;

    /** Null until first needed, because opening it fails while the broker's name cannot be resolved. Guarded by this. */
    private Producer<String, byte[]> producer;

    @Inject
    ExamProducer(KafkaClients clients) {
        this(() -> clients.producer(CLIENT, Map.of()));
    }

    ExamProducer(Supplier<Producer<String, byte[]>> open) {
        this.open = open;
    }

    /**
     * Sends a record, after opening the producer if necessary.
     *
     * @throws org.apache.kafka.common.KafkaException if the producer cannot be opened or does not take the record
     */
    synchronized Future<RecordMetadata> send(ProducerRecord<String, byte[]> record) {
        if (producer == null) {
            producer = open.get();
        }
        return producer.send(record);
    }

    /** Closes the producer, so the next record opens a new one. A producer that was fenced or could not log in never recovers. */
    synchronized void renew() {
        if (producer != null) {
            producer.close(Duration.ZERO);
            producer = null;
        }
    }

    @PreDestroy
    synchronized void close() {
        if (producer != null) {
            producer.close(PATIENCE_AT_THE_END);
        }
    }
}
