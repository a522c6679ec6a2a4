package dev.apprentice.trainer.progress;

import dev.apprentice.contracts.event.Checkpoint;
import dev.apprentice.contracts.event.Event;
import dev.apprentice.contracts.event.Progress;
import dev.apprentice.contracts.topic.EventSerializer;
import dev.apprentice.contracts.topic.Topic;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.contracts.topic.TransactionalIds;
import dev.apprentice.service.kafka.DeadLetter;
import dev.apprentice.service.kafka.KafkaClients;
import dev.apprentice.service.kafka.KafkaFailure;
import dev.apprentice.service.log.TraceContext;
import io.opentelemetry.context.Context;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;

/**
 * Publishes through a transactional producer whose {@code transactional.id} belongs to the run. Kafka accepts only the newest
 * producer of that id: opening one fences every older one, on any machine.
 *
 * <p>Steps in quick succession share a transaction. For one thread.
 */
public final class TransactionalRunEvents implements RunEvents {

    /** Maximum time that a dead trainer's open transaction hides later records of the partition, in milliseconds. */
    private static final int TRANSACTION_TIMEOUT_MS = 30_000;

    private final String run;
    private final Producer<String, byte[]> producer;
    private final EventSerializer<Event> serializer;
    private final Duration publishEvery;
    private boolean open;
    private long committedAt = System.nanoTime();

    private TransactionalRunEvents(
            String run, Producer<String, byte[]> producer, EventSerializer<Event> serializer, Duration publishEvery) {
        this.run = run;
        this.producer = producer;
        this.serializer = serializer;
        this.publishEvery = publishEvery;
    }

    /**
     * Opens the producer and fences every older one of the run.
     *
     * @param publishEvery steps closer together than this share a transaction
     */
    public static TransactionalRunEvents open(KafkaClients clients, String run, Duration publishEvery) {
        String name = TransactionalIds.trainer(run);
        EventSerializer<Event> serializer = new EventSerializer<>();
        serializer.configure(Map.of(ProducerConfig.CLIENT_ID_CONFIG, "trainer-service"), false);
        TransactionalRunEvents events = new TransactionalRunEvents(
                run,
                clients.producer(
                        name,
                        Map.of(
                                ProducerConfig.TRANSACTIONAL_ID_CONFIG, name,
                                ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_TIMEOUT_MS)),
                serializer,
                publishEvery);
        try {
            events.producer.initTransactions();
        } catch (RuntimeException e) {
            events.close();
            throw e;
        }
        return events;
    }

    @Override
    public void report(Progress progress) {
        unlessFenced(() -> {
            send(Topics.PROGRESS, progress);
            if (System.nanoTime() - committedAt >= publishEvery.toNanos()) {
                commit();
            }
        });
    }

    @Override
    public void flush() {
        unlessFenced(this::commit);
    }

    @Override
    public void announce(Checkpoint checkpoint, Progress progress) {
        unlessFenced(() -> {
            send(Topics.CHECKPOINTS, checkpoint);
            send(Topics.PROGRESS, progress);
            commit();
        });
    }

    @Override
    public void reject(ConsumerRecord<String, byte[]> record, RuntimeException why, Progress last) {
        unlessFenced(() -> {
            send(DeadLetter.of(record, why));
            send(Topics.PROGRESS, last);
            commit();
        });
    }

    private <E extends Event> void send(Topic<E> topic, E event) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic.name(), event.key(), null);
        byte[] json = serializer.serialize(topic.name(), record.headers(), event);
        TraceContext.put(Context.current(), record.headers());
        send(new ProducerRecord<>(topic.name(), null, event.key(), json, record.headers()));
    }

    private void send(ProducerRecord<String, byte[]> record) {
        if (!open) {
            producer.beginTransaction();
            open = true;
        }
        producer.send(record); // the commit throws any failure
    }

    private void commit() {
        if (open) {
            producer.commitTransaction();
            open = false;
            committedAt = System.nanoTime();
        }
    }

    private void unlessFenced(Runnable transaction) {
        try {
            transaction.run();
        } catch (KafkaException e) {
            throw KafkaFailure.of(e) == KafkaFailure.FENCED ? new FencedException(run, e) : e;
        }
    }

    /** Closes the producer, which aborts what is not committed: others never see it. */
    @Override
    public void close() {
        producer.close(Duration.ofSeconds(5));
        serializer.close();
    }
}
