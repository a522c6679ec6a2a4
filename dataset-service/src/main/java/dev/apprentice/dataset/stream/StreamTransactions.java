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
 * Changes the run's state on disk and in Kafka together; the package's documentation says how.
 *
 * <p>After any failure both this and the store must be closed and opened again, which restores a consistent state.
 */
final class StreamTransactions implements AutoCloseable {

    private static final Duration PATIENCE_AT_THE_END = Duration.ofSeconds(10);

    private final Producer<String, Batch> producer;
    private final Topic<Batch> topic;
    private final StreamStore store;
    private final Tracer tracer;

    /** @param producer transactional, and closed together with this */
    StreamTransactions(Producer<String, Batch> producer, Topic<Batch> topic, StreamStore store, Tracer tracer) {
        this.producer = producer;
        this.topic = topic;
        this.store = store;
        this.tracer = tracer;
    }

    /** Fences a predecessor and settles the transaction that it left open. */
    void begin() {
        producer.initTransactions();
    }

    /**
     * Brings the store up to date with the log.
     *
     * @param published how many batches the log holds
     * @throws PreparationException if store and log do not belong together
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
     * Commits everything since the last commit: the batches, the run's state and its position.
     *
     * @param offsets the position
     * @throws ProducerFencedException if another instance has taken the run over; nothing of this commit becomes visible then
     * @throws KafkaException if the broker fails
     */
    void commit(List<FormedBatch> batches, Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group)
            throws IOException {
        offsets.forEach((one, offset) -> store.setNumber(StreamBeginning.position(one.partition()), offset.offset()));
        store.setNumber(StreamCurriculum.PUBLISHED, store.number(StreamCurriculum.PUBLISHED)); // the redo file is recognised by it
        store.prepare();
        producer.beginTransaction();
        batches.forEach(this::send);
        producer.sendOffsetsToTransaction(offsets, group);
        producer.commitTransaction(); // throws if any of the sends failed
        store.commit();
    }

    /** Sends a batch in the trace of its first traced instruction, linked to the traces of the others. */
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
        producer.close(PATIENCE_AT_THE_END); // aborts an open transaction; an unreachable broker must not hold this up
    }
}
