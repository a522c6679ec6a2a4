package dev.apprentice.dataset.preparation;

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
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import org.apache.kafka.common.KafkaException;

/** Tells about a run what this service has to tell, which is before its first step. */
@ApplicationScoped
class RunNews {

    private final EventPublisher events;

    RunNews(EventPublisher events) {
        this.events = events;
    }

    void tell(Run run, Phase phase, String message) {
        publish(about(run, phase, message));
    }

    /** @param done of so many batches in all */
    void published(Run run, int done, int total, String summary) {
        publish(about(run, Phase.PREPARING, summary).pieces(Pieces.of(done, total)));
    }

    /**
     * @param folder of the run, which knows its examples
     * @param repeats instructions that they give more than once
     */
    void prepared(Run run, int batches, RunFolder folder, Repeats repeats, String summary) throws IOException {
        publish(about(run, Phase.PREPARED, summary)
                .pieces(Pieces.of(batches, batches))
                .data(ProgressDataBuilder.builder()
                        .digest(folder.examples().digest())
                        .repeats(repeats)
                        .dataset(folder.examples().dataset())
                        .build()));
    }

    /** Says that what this service knew of a run is damaged. */
    void tellOfLoss(String run) {
        publish(ProgressBuilder.builder()
                .run(run)
                .phase(Phase.FAILED)
                .message("dataset-service's record of the run is damaged and was set aside; start the run again"));
    }

    private void publish(ProgressBuilder progress) {
        events.publish(Topics.PROGRESS, List.of(progress.at(Instant.now()).build()));
    }

    private static ProgressBuilder about(Run run, Phase phase, String message) {
        int epochs = run.specification().data().source() == Source.STREAM ? 0 : run.specification().training().epochs();
        return ProgressBuilder.builder().run(run.run()).phase(phase).epochs(epochs).message(message);
    }

    /** Says that this service's disk is in the run's way. Whether that can be said changes nothing about the failure. */
    void tellOfTheDisk(Run run, Exception failure) {
        try {
            tell(run, Phase.WAITING, "dataset-service's disk cannot be used just now and will be tried again: "
                    + failure.getMessage());
        } catch (KafkaException e) {
            failure.addSuppressed(e);
        }
    }
}
