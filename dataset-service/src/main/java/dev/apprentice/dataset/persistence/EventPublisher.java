package dev.apprentice.dataset.persistence;

import dev.apprentice.contracts.event.Event;
import dev.apprentice.contracts.topic.Topic;
import dev.apprentice.service.kafka.KafkaFailure;
import dev.apprentice.service.log.TraceContext;
import io.opentelemetry.context.Context;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;

/** Publishes events that readers identify by key, so publishing one again after a failure is harmless. */
@ApplicationScoped
public class EventPublisher {

    private static final String CLIENT = "dataset-service";
    private static final String CLIENT_OF_REQUESTS = "dataset-service-requests";
    private static final Duration PATIENCE_AT_THE_END = Duration.ofSeconds(5);

    private final Supplier<Producer<String, Event>> maker;
    private Producer<String, Event> producer; // guarded by this

    @Inject
    EventPublisher(EventProducers producers) {
        this(() -> producers.idempotent(CLIENT));
    }

    private EventPublisher(Supplier<Producer<String, Event>> maker) {
        this.maker = maker;
    }

    /** Creates a publisher for HTTP requests, which fails within seconds if Kafka does not accept a record. The caller closes it. */
    public static EventPublisher forRequests(EventProducers producers) {
        return new EventPublisher(() -> producers.impatient(CLIENT_OF_REQUESTS));
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
            Future<RecordMetadata> one = to.send(record);
            if (one.isDone()) {
                await(one, topic); // if the first record fails by a timeout, each further one would wait for that time too
            }
            sent.add(one);
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
            throw new KafkaException(
                    "Kafka did not take what was sent to " + topic.name() + ": " + KafkaFailure.inWords(e.getCause()), e.getCause());
        } catch (InterruptedException e) {
            throw new InterruptException(e);
        }
    }

    /** Returns the producer, created at the first call: creating it fails while the broker's name cannot be resolved. */
    private synchronized Producer<String, Event> producer() {
        if (producer == null) {
            producer = maker.get();
        }
        return producer;
    }

    @PreDestroy
    public synchronized void close() {
        if (producer != null) {
            producer.close(PATIENCE_AT_THE_END);
        }
    }
}
