package dev.apprentice.dataset.datasets.catalog;

import dev.apprentice.contracts.InvalidEventException;
import dev.apprentice.dataset.DatasetMetrics;
import dev.apprentice.dataset.DatasetMetrics.Source;
import dev.apprentice.dataset.datasets.example.ExampleSize;
import dev.apprentice.dataset.persistence.PersistentWork;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.KafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaRecordBatch;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment;
import org.eclipse.microprofile.reactive.messaging.Acknowledgment.Strategy;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/**
 * Hears of examples that anyone has written and lets them join their datasets.
 *
 * <p>Records come as many as Kafka hands out at once, because the disk is waited for once for all of them. Each is
 * acknowledged by itself when it is on disk, and one that cannot be used goes to the dead letters by itself.
 */
@ApplicationScoped
public class InstructionChannel {

    static final String NAME = "instructions";

    private final Catalog catalog;
    private final DatasetMetrics metrics;
    private final ExampleSize size;
    private final PersistentWork work = new PersistentWork("instructions", 1);

    InstructionChannel(Catalog catalog, DatasetMetrics metrics, ExampleSize size) {
        this.size = size;
        this.catalog = catalog;
        this.metrics = metrics;
    }

    @Incoming(NAME)
    @Acknowledgment(Strategy.MANUAL)
    Uni<Void> hear(KafkaRecordBatch<String, byte[]> batch) {
        Map<String, List<Change>> changes = new LinkedHashMap<>();
        List<Uni<Void>> answers = new ArrayList<>();
        int refused = 0;
        for (KafkaRecord<String, byte[]> record : batch.getRecords()) {
            try {
                InstructionChange change = InstructionChange.of(record.getKey(), record.getHeaders(), record.getPayload(), size);
                changes.computeIfAbsent(change.dataset(), dataset -> new ArrayList<>()).add(change.change());
                answers.add(Uni.createFrom().completionStage(record::ack));
            } catch (InvalidEventException poison) {
                refused++;
                answers.add(Uni.createFrom().completionStage(() -> record.nack(poison)));
            }
        }
        metrics.examplesRefused(Source.TOPIC, refused);
        metrics.examplesAccepted(Source.TOPIC, answers.size() - refused);
        return work.run("keep new examples", () -> {
                    for (Map.Entry<String, List<Change>> dataset : changes.entrySet()) {
                        catalog.change(dataset.getKey(), dataset.getValue());
                    }
                })
                .chain(() -> Uni.join().all(answers).andFailFast())
                .replaceWithVoid();
    }

    @PreDestroy
    void close() {
        work.close();
    }
}
