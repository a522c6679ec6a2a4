package dev.apprentice.service.kafka;

import dev.apprentice.contracts.InvalidEventException;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.IncomingKafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaConnectorIncomingConfiguration;
import io.smallrye.reactive.messaging.kafka.KafkaConsumer;
import io.smallrye.reactive.messaging.kafka.api.IncomingKafkaRecordMetadata;
import io.smallrye.reactive.messaging.kafka.fault.KafkaFailureHandler;
import io.vertx.mutiny.core.Vertx;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Metadata;
import org.jboss.logging.Logger;

/**
 * Handles a record that a channel's consumer could not use: sends it to the dead letters as a {@link DeadLetter}, and lets the
 * channel go on.
 *
 * <p>This strategy replaces {@code dead-letter-queue}, which sends the whole record. If that exceeds the record limit, the
 * channel ends for good.
 */
@ApplicationScoped
@Identifier(DeadLetterHandler.STRATEGY)
public class DeadLetterHandler implements KafkaFailureHandler.Factory {

    static final String STRATEGY = "bounded-dead-letters";

    private static final Logger LOG = Logger.getLogger(DeadLetterHandler.class);
    private static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final KafkaClients clients;
    private Producer<String, byte[]> producer; // guarded by this

    DeadLetterHandler(KafkaClients clients) {
        this.clients = clients;
    }

    @Override
    public KafkaFailureHandler create(
            KafkaConnectorIncomingConfiguration configuration,
            Vertx vertx,
            KafkaConsumer<?, ?> consumer,
            BiConsumer<Throwable, Boolean> reportFailure) {
        return this::handle;
    }

    private <K, V> Uni<Void> handle(IncomingKafkaRecord<K, V> record, Throwable reason, Metadata metadata) {
        @SuppressWarnings("unchecked") // all channels read text keys and bytes
        IncomingKafkaRecordMetadata<String, byte[]> origin =
                record.getMetadata().get(IncomingKafkaRecordMetadata.class).orElseThrow();
        LOG.warnf(reason instanceof InvalidEventException ? null : reason, "record %d of %s-%d goes to the dead letters: %s",
                record.getOffset(), record.getTopic(), record.getPartition(), reason.getMessage());
        ProducerRecord<String, byte[]> letter = DeadLetter.of(origin.getRecord(), reason);
        return Uni.createFrom()
                .completionStage(() -> send(letter))
                .onFailure().invoke(e -> LOG.errorf("a dead letter is sent again, because Kafka did not take it: %s", e.getMessage()))
                .onFailure().retry().withBackOff(FIRST_WAIT, LONGEST_WAIT).indefinitely()
                .chain(() -> Uni.createFrom().completionStage(record.ack()))
                .emitOn(record::runOnMessageContext);
    }

    private CompletableFuture<Void> send(ProducerRecord<String, byte[]> letter) {
        CompletableFuture<Void> sent = new CompletableFuture<>();
        producer().send(letter, (written, problem) -> {
            if (problem == null) {
                sent.complete(null);
            } else {
                sent.completeExceptionally(problem);
            }
        });
        return sent;
    }

    private synchronized Producer<String, byte[]> producer() {
        if (producer == null) {
            // must not wait long for metadata, because it sends on a channel's own thread
            producer = clients.producer("dead-letters", Map.of(ProducerConfig.MAX_BLOCK_MS_CONFIG, 5_000));
        }
        return producer;
    }

    @PreDestroy
    synchronized void close() {
        if (producer != null) {
            producer.close(FIRST_WAIT);
        }
    }
}
