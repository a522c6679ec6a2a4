package dev.apprentice.inference.exam;

import dev.apprentice.contracts.Response;
import dev.apprentice.service.DeadLetter;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.eclipse.microprofile.reactive.messaging.Channel;
import org.eclipse.microprofile.reactive.messaging.Emitter;
import org.eclipse.microprofile.reactive.messaging.OnOverflow;
import org.jboss.logging.Logger;

/** Hands the outcome of an exam to Kafka. Its methods return when the broker has everything, however long that takes. */
@ApplicationScoped
class ExamPublisher {

    private static final Logger LOG = Logger.getLogger(ExamPublisher.class);
    private static final Duration WAIT_FOR_BROKER = Duration.ofSeconds(1);

    private final Emitter<ProducerRecord<String, Response>> responses;
    private final Emitter<ProducerRecord<String, byte[]>> deadLetters;

    ExamPublisher(
            @Channel("responses-out") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    Emitter<ProducerRecord<String, Response>> responses,
            @Channel("dead-letters") @OnOverflow(OnOverflow.Strategy.UNBOUNDED_BUFFER)
                    Emitter<ProducerRecord<String, byte[]>> deadLetters) {
        this.responses = responses;
        this.deadLetters = deadLetters;
    }

    void publish(List<ProducerRecord<String, Response>> answered) throws InterruptedException {
        sendAll(answered, responses::send);
    }

    /** To the dead letters, each record as it came. */
    void giveUp(List<ConsumerRecord<String, byte[]>> records, Throwable reason) throws InterruptedException {
        sendAll(records, record -> deadLetters.send(DeadLetter.of(record, reason)));
    }

    /** All are sent again if one could not be: readers count each key once. */
    private static <T> void sendAll(List<T> items, Function<T, CompletionStage<Void>> send)
            throws InterruptedException {
        while (true) {
            CompletableFuture<?>[] sent =
                    items.stream().map(item -> send.apply(item).toCompletableFuture()).toArray(CompletableFuture[]::new);
            try {
                CompletableFuture.allOf(sent).get();
                return;
            } catch (ExecutionException e) {
                LOG.errorf("%d records are sent again, Kafka did not take them: %s", items.size(), e.getCause());
                Thread.sleep(WAIT_FOR_BROKER.toMillis());
            }
        }
    }
}
