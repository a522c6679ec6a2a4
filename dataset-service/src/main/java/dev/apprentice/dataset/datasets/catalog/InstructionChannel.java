package dev.apprentice.dataset.datasets.catalog;

import dev.apprentice.contracts.InvalidEventException;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.dataset.DatasetMetrics;
import dev.apprentice.dataset.DatasetMetrics.Source;
import dev.apprentice.dataset.datasets.catalog.snapshot.Change;
import dev.apprentice.dataset.datasets.example.ExampleSize;
import dev.apprentice.dataset.persistence.PersistentWork;
import dev.apprentice.dataset.run.Assignment;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.mutiny.Uni;
import io.smallrye.reactive.messaging.kafka.KafkaRecord;
import io.smallrye.reactive.messaging.kafka.KafkaRecordBatch;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
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

    private final Assignment assignment;
    private final Catalog catalog;
    private final DatasetMetrics metrics;
    private final ExampleSize size;
    private final PersistentWork work = new PersistentWork("instructions", 1);

    InstructionChannel(@Identifier(Assignment.NAME) Assignment assignment, Catalog catalog, DatasetMetrics metrics, ExampleSize size) {
        this.assignment = assignment;
        this.size = size;
        this.catalog = catalog;
        this.metrics = metrics;
    }

    @Incoming(NAME)
    @Acknowledgment(Strategy.MANUAL)
    Uni<Void> hear(KafkaRecordBatch<String, byte[]> batch) {
        List<Heard> heard = new ArrayList<>();
        List<Uni<Void>> answers = new ArrayList<>();
        for (KafkaRecord<String, byte[]> record : batch.getRecords()) {
            try {
                heard.add(new Heard(record, InstructionChange.of(record.getKey(), record.getHeaders(), record.getPayload(), size)));
            } catch (InvalidEventException poison) {
                answers.add(Uni.createFrom().completionStage(() -> record.nack(poison)));
            }
        }
        metrics.examplesRefused(Source.TOPIC, answers.size());
        metrics.examplesAccepted(Source.TOPIC, heard.size());
        return work.run("keep new examples", () -> assignment.hold(() -> keep(heard, answers)))
                .chain(() -> Uni.join().all(answers).andFailFast())
                .replaceWithVoid();
    }

    private record Heard(KafkaRecord<String, byte[]> record, InstructionChange change) {}

    /** What is in a partition of another instance by now comes to that one; it is not acknowledged here. */
    private void keep(List<Heard> all, List<Uni<Void>> answers) throws IOException {
        List<Heard> heard = all.stream()
                .filter(one -> assignment.isOurs(Topics.INSTRUCTIONS.name(), one.record().getPartition()))
                .toList();
        Map<String, List<Change>> changes = new LinkedHashMap<>();
        heard.forEach(one ->
                changes.computeIfAbsent(one.change().dataset(), dataset -> new ArrayList<>()).add(one.change().change()));
        for (Map.Entry<String, List<Change>> dataset : changes.entrySet()) {
            catalog.change(dataset.getKey(), dataset.getValue());
        }
        heard.forEach(one -> answers.add(Uni.createFrom().completionStage(one.record()::ack)));
    }

    @PreDestroy
    void close() {
        work.close();
    }
}
