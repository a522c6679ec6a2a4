package dev.apprentice.dataset.preparation;

import dev.apprentice.contracts.Causes;
import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.contracts.event.Progress.Pieces;
import dev.apprentice.contracts.event.ProgressBuilder;
import dev.apprentice.contracts.event.ProgressDataBuilder;
import dev.apprentice.contracts.event.Repeats;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.run.DataSource.Source;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.dataset.persistence.EventPublisher;
import dev.apprentice.dataset.run.RunFolder;
import dev.apprentice.service.storage.StorageException;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.KafkaException;

/** Publishes a run's progress before its first step. */
@ApplicationScoped
class ProgressPublisher {

    private final EventPublisher events;

    ProgressPublisher(EventPublisher events) {
        this.events = events;
    }

    void publish(Run run, Phase phase, String message) {
        send(about(run, phase, message));
    }

    /** Publishes how many batches are published. @param done number of published batches out of {@code total} */
    void publishBatches(Run run, int done, int total, String summary) {
        send(about(run, Phase.PREPARING, summary).pieces(Pieces.of(done, total)));
    }

    /**
     * Publishes that the run is prepared.
     *
     * @param folder of the run, which knows its examples
     * @param repeats instructions that the examples give more than once
     */
    void publishPrepared(Run run, int batches, RunFolder folder, Repeats repeats, String summary) throws IOException {
        send(about(run, Phase.PREPARED, summary)
                .pieces(Pieces.of(batches, batches))
                .data(ProgressDataBuilder.builder()
                        .digest(folder.examples().digest())
                        .repeats(repeats)
                        .dataset(folder.examples().dataset())
                        .build()));
    }

    /** Publishes that this service's record of a run is damaged. */
    void publishLoss(String run) {
        send(ProgressBuilder.builder()
                .run(run)
                .phase(Phase.FAILED)
                .message("dataset-service's record of the run is damaged and was set aside; start the run again"));
    }

    private void send(ProgressBuilder progress) {
        events.publish(Topics.PROGRESS, List.of(progress.at(Instant.now()).build()));
    }

    private static ProgressBuilder about(Run run, Phase phase, String message) {
        int epochs = run.specification().data().source() == Source.STREAM ? 0 : run.specification().training().epochs();
        return ProgressBuilder.builder().run(run.run()).phase(phase).epochs(epochs).message(message);
    }

    /** Publishes that this service's disk or object store holds the run up. A failure to publish is added to {@code failure} as suppressed. */
    void publishDiskFailure(Run run, Exception failure) {
        try {
            publish(run, Phase.WAITING, (Causes.include(StorageException.class, failure) ? "dataset-service's object store" : "dataset-service's disk")
                    + " cannot be used now; dataset-service will retry: " + failure.getMessage());
        } catch (KafkaException e) {
            failure.addSuppressed(e);
        }
    }
}
