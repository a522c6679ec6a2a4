package dev.apprentice.dataset.persistence;

import dev.apprentice.contracts.event.Event;
import dev.apprentice.contracts.topic.Topic;
import dev.apprentice.service.log.TraceContext;
import io.opentelemetry.context.Context;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** Publishes events that readers identify by key, so publishing one again after a failure is harmless. */
@ApplicationScoped
public class EventPublisher {

    private static final String CLIENT = "dataset-service";
    private static final Duration PATIENCE_AT_THE_END = Duration.ofSeconds(5);

    private final EventProducers producers;
    private Producer<String, Event> producer;

    EventPublisher(EventProducers producers) {
        this.producers = producers;
    }

    /**
     * Publishes the events, as part of the current trace, and waits until the broker has them all.
     *
     * @throws KafkaException if it does not; some of them may be in the topic then
     */
    public <E extends Event> void publish(Topic<E> topic, List<E> events) {
        Producer<String, Event> to = producer();
        List<Future<RecordMetadata>> sent = new ArrayList<>(events.size());
        for (E event : events) {
            ProducerRecord<String, Event> record = new ProducerRecord<>(topic.name(), event.key(), event);
            TraceContext.put(Context.current(), record.headers());
            sent.add(to.send(record));
        }
        for (Future<RecordMetadata> one : sent) {
            await(one, topic);
        }
    }

    /**
     * Publishes a tombstone for the key, and waits until the broker has it.
     *
     * @throws KafkaException if it does not
     */
    public void withdraw(Topic<?> topic, String key) {
        ProducerRecord<String, Event> tombstone = new ProducerRecord<>(topic.name(), key, null);
        TraceContext.put(Context.current(), tombstone.headers());
        await(producer().send(tombstone), topic);
    }

    private static void await(Future<RecordMetadata> sent, Topic<?> topic) {
        try {
            sent.get();
        } catch (ExecutionException e) {
            throw new KafkaException("topic " + topic.name() + ": " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** Returns the producer, created at the first call: creating it fails while the broker's name cannot be resolved. */
    private synchronized Producer<String, Event> producer() {
        if (producer == null) {
            producer = producers.idempotent(CLIENT);
        }
        return producer;
    }

    @PreDestroy
    synchronized void close() {
        if (producer != null) {
            producer.close(PATIENCE_AT_THE_END);
        }
    }
}
