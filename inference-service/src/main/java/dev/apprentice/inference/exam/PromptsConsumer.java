package dev.apprentice.inference.exam;

import dev.apprentice.contracts.InvalidEventException;
import dev.apprentice.contracts.Topics;
import io.quarkus.runtime.ShutdownEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jboss.logging.Logger;

/**
 * Takes prompts from Kafka, one poll at a time.
 *
 * <p>A poll's offsets are committed once each of its prompts has its response, or its dead letter, in Kafka: a crash in
 * between repeats answers, which readers count once, and loses none. An exam may take minutes; it has a thread of its own,
 * and the channel stops fetching meanwhile.
 */
@ApplicationScoped
class PromptsConsumer {

    private static final Logger LOG = Logger.getLogger(PromptsConsumer.class);

    private final Exam exam;
    private final ExamPublisher publisher;
    private final ExecutorService examThread =
            Executors.newSingleThreadExecutor(task -> new Thread(task, "exam"));

    PromptsConsumer(Exam exam, ExamPublisher publisher) {
        this.exam = exam;
        this.publisher = publisher;
    }

    /** Completes when the poll may be committed; never where the service stops, so that the poll is answered elsewhere. */
    @Incoming("prompts")
    CompletionStage<Void> take(ConsumerRecords<String, byte[]> records) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        try {
            examThread.execute(() -> sit(records, done));
        } catch (RejectedExecutionException e) {
            LOG.infof("%d prompts are left to whoever gets the partition: the service stops", records.count());
        }
        return done;
    }

    private void sit(ConsumerRecords<String, byte[]> records, CompletableFuture<Void> done) {
        try {
            exam.sit(readable(records));
            done.complete(null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.infof("up to %d prompts are left to whoever gets the partition: the service stops", records.count());
        } catch (RuntimeException | Error e) {
            done.completeExceptionally(e);
        }
    }

    /** Before the channels are closed, so that a stopping exam's offsets are not committed. */
    void stop(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent event) {
        examThread.shutdownNow();
    }

    private List<ReceivedPrompt> readable(ConsumerRecords<String, byte[]> records) throws InterruptedException {
        List<ReceivedPrompt> prompts = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            if (record.value() == null) {
                continue; // a tombstone withdraws a prompt: there is nothing to answer
            }
            try {
                prompts.add(new ReceivedPrompt(record, Topics.PROMPTS.read(record.headers(), record.value())));
            } catch (InvalidEventException e) {
                LOG.errorf("prompt '%s' goes to the dead letters: %s", record.key(), e.getMessage());
                publisher.giveUp(List.of(record), e);
            }
        }
        return prompts;
    }
}
