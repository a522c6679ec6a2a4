package dev.apprentice.dataset.batches;

import dev.apprentice.contracts.event.Batch;
import dev.apprentice.contracts.topic.Topic;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.dataset.DatasetMetrics;
import dev.apprentice.dataset.DatasetSettings;
import dev.apprentice.dataset.persistence.EventProducers;
import dev.apprentice.service.kafka.KafkaClients;
import dev.apprentice.service.kafka.TopicProvisioning;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.IntConsumer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;

/**
 * Writes a curriculum to the run's topic: every batch exactly once and in order, however often the writing is interrupted.
 *
 * <p>Batches become visible one transaction at a time. The producer's {@code transactional.id} is derived from the run. A new
 * producer therefore aborts its predecessor's open transaction and fences it; the last committed batch then tells where to go on.
 */
@ApplicationScoped
public class CurriculumPublisher {

    private static final Duration PATIENCE_AT_THE_END = Duration.ofSeconds(10);

    private final KafkaClients clients;
    private final EventProducers producers;
    private final TopicProvisioning provisioning;
    private final DatasetMetrics metrics;
    private final int batchesPerTransaction;

    CurriculumPublisher(
            KafkaClients clients,
            EventProducers producers,
            TopicProvisioning provisioning,
            DatasetMetrics metrics,
            DatasetSettings settings) {
        this.clients = clients;
        this.producers = producers;
        this.provisioning = provisioning;
        this.metrics = metrics;
        this.batchesPerTransaction = settings.batchesPerTransaction();
    }

    /**
     * Publishes the batches that are not published yet.
     *
     * @param wanted asked before each transaction; false ends the publishing
     * @param published receives the number of committed batches, at the beginning and after each transaction
     * @return whether all batches are published
     * @throws PreparationException if the topic holds batches of another curriculum
     * @throws ProducerFencedException if another instance has taken the run over
     * @throws KafkaException if the broker fails; another call goes on where the log ends
     */
    public boolean publish(String run, Curriculum curriculum, BooleanSupplier wanted, IntConsumer published) {
        Topic<Batch> topic = Topics.batches(run);
        provisioning.create(topic);
        Producer<String, Batch> producer = producers.transactional(run);
        try {
            producer.initTransactions();
            int next = firstMissing(topic, curriculum);
            published.accept(next);
            while (next < curriculum.size() && wanted.getAsBoolean()) {
                int end = Math.min(curriculum.size(), next + batchesPerTransaction);
                publish(producer, topic, curriculum, next, end);
                metrics.batchesPublished(end - next);
                next = end;
                published.accept(next);
            }
            return next == curriculum.size();
        } finally {
            producer.close(PATIENCE_AT_THE_END); // aborts an open transaction; an unreachable broker must not hold this up
        }
    }

    private static void publish(
            Producer<String, Batch> producer, Topic<Batch> topic, Curriculum curriculum, int from, int to) {
        producer.beginTransaction();
        for (int place = from; place < to; place++) {
            Batch batch = curriculum.batch(place);
            producer.send(new ProducerRecord<>(topic.name(), batch.key(), batch));
        }
        producer.commitTransaction(); // throws if any of the sends failed
    }

    private int firstMissing(Topic<Batch> topic, Curriculum curriculum) {
        Optional<Batch> last = CommittedBatches.last(clients, topic);
        if (last.isEmpty()) {
            return 0;
        }
        int place = curriculum.placeOf(last.get());
        if (place >= curriculum.size() || !curriculum.batch(place).equals(last.get())) {
            throw new PreparationException(("topic %s holds other batches than this run's examples and tokenizer give now;"
                            + " start a run of another name")
                    .formatted(topic.name()));
        }
        return place + 1;
    }
}
