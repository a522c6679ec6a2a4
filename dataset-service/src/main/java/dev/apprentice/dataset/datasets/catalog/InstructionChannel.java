package dev.apprentice.dataset.datasets.catalog;

import dev.apprentice.contracts.InvalidEventException;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.dataset.DatasetMetrics;
import dev.apprentice.dataset.DatasetMetrics.Source;
import dev.apprentice.dataset.datasets.catalog.snapshot.Change;
import dev.apprentice.dataset.datasets.example.ExampleSize;
import dev.apprentice.dataset.persistence.HeldElsewhereException;
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
import org.jboss.logging.Logger;

/**
 * Reads the instructions topic and adds its examples to their datasets.
 *
 * <p>Records are processed in the batches that Kafka delivers, so one disk write serves many. Each record is acknowledged by
 * itself when it is on disk. A record that cannot be used goes to the dead letters by itself. Records for a dataset that another
 * instance holds for too long wait; the others go on.
 */
@ApplicationScoped
public class InstructionChannel {

    static final String NAME = "instructions";

    /** How many examples may wait for held datasets. Beyond that the channel waits, too, which bounds memory. */
    private static final int MOST_HELD = 10_000;

    private static final Logger LOG = Logger.getLogger(InstructionChannel.class);

    private final Assignment assignment;
    private final Catalog catalog;
    private final DatasetMetrics metrics;
    private final ExampleSize size;
    /** Records that wait for datasets held by another instance, by dataset and in order. Used by the thread of the work only. */
    private final Map<String, List<Heard>> held = new LinkedHashMap<>();

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
        Map<String, List<Heard>> heard = new LinkedHashMap<>();
        List<Uni<Void>> answers = new ArrayList<>();
        for (KafkaRecord<String, byte[]> record : batch.getRecords()) {
            try {
                InstructionChange change = InstructionChange.of(record.getKey(), record.getHeaders(), record.getPayload(), size);
                heard.computeIfAbsent(change.dataset(), dataset -> new ArrayList<>()).add(new Heard(record, change.change()));
            } catch (InvalidEventException poison) {
                answers.add(Uni.createFrom().completionStage(() -> record.nack(poison)));
            }
        }
        metrics.examplesRefused(Source.TOPIC, answers.size());
        metrics.examplesAccepted(Source.TOPIC, batch.getRecords().size() - answers.size());
        return work.run("keep new examples", () -> keepOrHold(heard, answers))
                .chain(() -> answers.isEmpty() ? Uni.createFrom().voidItem() : Uni.join().all(answers).andFailFast().replaceWithVoid());
    }

    private record Heard(KafkaRecord<String, byte[]> record, Change change) {}

    /** Stores the records and removes them from {@code heard}, so a retry concerns only those that failed. */
    private void keepOrHold(Map<String, List<Heard>> heard, List<Uni<Void>> answers) throws IOException {
        for (String dataset : List.copyOf(heard.keySet())) {
            if (held.containsKey(dataset)) {
                hold(dataset, heard.get(dataset));
            } else {
                try {
                    answers.addAll(keep(dataset, heard.get(dataset)));
                } catch (HeldElsewhereException e) {
                    LOG.warnf("new examples wait, and those of other datasets go on: %s", e.getMessage());
                    hold(dataset, heard.get(dataset));
                    keepLater(dataset);
                }
            }
            heard.remove(dataset);
        }
    }

    /**
     * Stores records.
     *
     * @return their acknowledgements. Records in partitions that another instance owns by now are not acknowledged here, since
     *     that instance receives them.
     */
    private List<Uni<Void>> keep(String dataset, List<Heard> all) throws IOException {
        List<Uni<Void>> answers = new ArrayList<>();
        assignment.hold(() -> {
            List<Heard> ours = all.stream()
                    .filter(one -> assignment.isOurs(Topics.INSTRUCTIONS.name(), one.record().getPartition()))
                    .toList();
            if (!ours.isEmpty()) {
                catalog.change(dataset, ours.stream().map(Heard::change).toList());
            }
            ours.forEach(one -> answers.add(Uni.createFrom().completionStage(one.record()::ack)));
        });
        return answers;
    }

    /** Keeps records in memory, unacknowledged, until the dataset is free. */
    private void hold(String dataset, List<Heard> news) throws HeldElsewhereException {
        if (held.values().stream().mapToInt(List::size).sum() + news.size() > MOST_HELD) {
            throw new HeldElsewhereException("more than " + MOST_HELD + " examples wait for dataset '" + dataset
                    + "', which another dataset-service has held for too long");
        }
        held.computeIfAbsent(dataset, unheld -> new ArrayList<>()).addAll(news);
    }

    private void keepLater(String dataset) {
        work.run("keep new examples of dataset " + dataset, () -> {
                    List<Uni<Void>> answers = keep(dataset, held.get(dataset));
                    held.remove(dataset);
                    answers.forEach(answer -> answer.subscribe().with(kept -> {}, failure -> LOG.errorf(failure, "not acknowledged")));
                })
                .subscribe().with(kept -> LOG.infof("dataset %s is free again and has its new examples", dataset), failure -> {
                    LOG.errorf(failure, "new examples of dataset %s cannot be kept", dataset);
                    held.remove(dataset).forEach(one -> one.record().nack(failure));
                });
    }

    @PreDestroy
    void close() {
        work.close();
    }
}
