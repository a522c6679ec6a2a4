package dev.apprentice.dataset.stream;

import dev.apprentice.contracts.event.Batch;
import dev.apprentice.contracts.topic.Topic;
import dev.apprentice.dataset.batches.PreparationException;
import dev.apprentice.service.log.TraceContext;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Changes the run's state on disk and in Kafka together; the package's page says how.
 *
 * <p>After any failure both this and the store are to be closed and opened again: what is true is what a new beginning
 * finds.
 */
final class StreamTransactions implements AutoCloseable {

    private static final Duration PATIENCE_AT_THE_END = Duration.ofSeconds(10);

    private final Producer<String, Batch> producer;
    private final Topic<Batch> topic;
    private final StreamStore store;
    private final Tracer tracer;

    /** @param producer transactional, and this object's own */
    StreamTransactions(Producer<String, Batch> producer, Topic<Batch> topic, StreamStore store, Tracer tracer) {
        this.producer = producer;
        this.topic = topic;
        this.store = store;
        this.tracer = tracer;
    }

    /** Shuts out a predecessor and settles the transaction that it left open. */
    void begin() {
        producer.initTransactions();
    }

    /**
     * Brings the store to where the log is.
     *
     * @param published how many batches the log holds
     * @throws PreparationException if the store is of another log, or the log of another store
     */
    void catchUp(long published) throws IOException {
        store.redo(StreamCurriculum.PUBLISHED, prepared -> prepared == published);
        if (store.number(StreamCurriculum.PUBLISHED) != published) {
            throw new PreparationException(("topic %s holds %d batches, but what dataset-service keeps of the run is of a time"
                            + " when there were %d; was one of the two deleted, or restored from a copy? Start a run of"
                            + " another name")
                    .formatted(topic.name(), published, store.number(StreamCurriculum.PUBLISHED)));
        }
    }

    /**
     * Commits everything since the last commit: batches, what is known, and where the run is.
     *
     * @param offsets where it is
     * @throws ProducerFencedException if another instance has taken the run over; nothing of this is to be seen then
     * @throws KafkaException if the broker fails
     */
    void commit(List<FormedBatch> batches, Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group)
            throws IOException {
        offsets.forEach((one, offset) -> store.setNumber(StreamBeginning.position(one.partition()), offset.offset()));
        store.setNumber(StreamCurriculum.PUBLISHED, store.number(StreamCurriculum.PUBLISHED)); // tells transactions apart
        store.prepare();
        producer.beginTransaction();
        batches.forEach(this::send);
        producer.sendOffsetsToTransaction(offsets, group);
        producer.commitTransaction(); // reports what any of the sends met with
        store.commit();
    }

    /** The batch belongs to the trace of its first traced instruction and is linked to those of the others. */
    private void send(FormedBatch formed) {
        Batch batch = formed.batch();
        ProducerRecord<String, Batch> record = new ProducerRecord<>(topic.name(), batch.key(), batch);
        List<Context> causes = formed.origins().stream()
                .filter(origin -> origin.traceparent().isPresent())
                .map(origin -> TraceContext.of(headers(origin)))
                .toList();
        Span span = TraceContext.begin(tracer, "form batch", causes);
        TraceContext.put(Context.root().with(span), record.headers());
        span.end();
        producer.send(record);
    }

    private static Headers headers(Origin origin) {
        Headers headers = new RecordHeaders();
        origin.traceparent().ifPresent(value -> headers.add("traceparent", value.getBytes(StandardCharsets.UTF_8)));
        origin.tracestate().ifPresent(value -> headers.add("tracestate", value.getBytes(StandardCharsets.UTF_8)));
        return headers;
    }

    @Override
    public void close() {
        producer.close(PATIENCE_AT_THE_END); // aborts what is open; a broker that is away must not hold this up
    }
}
