package dev.apprentice.dataset.preparation;

import dev.apprentice.contracts.DataSource.Source;
import dev.apprentice.contracts.Progress;
import dev.apprentice.contracts.Progress.Phase;
import dev.apprentice.contracts.Repeats;
import dev.apprentice.contracts.Run;
import dev.apprentice.contracts.Topics;
import dev.apprentice.dataset.persistence.EventPublisher;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;

/** Tells about a run what this service has to tell, which is before its first step. */
@ApplicationScoped
class RunNews {

    private final EventPublisher events;

    RunNews(EventPublisher events) {
        this.events = events;
    }

    void tell(Run run, Phase phase, String message) {
        tell(run, phase, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), message);
    }

    /**
     * @param done batches published
     * @param total batches there will be
     * @param dataDigest of the examples
     * @param repeats instructions that they give more than once
     */
    void tell(
            Run run,
            Phase phase,
            Optional<Integer> done,
            Optional<Integer> total,
            Optional<String> dataDigest,
            Optional<Repeats> repeats,
            String message) {
        int epochs = run.specification().data().source() == Source.STREAM ? 0 : run.specification().training().epochs();
        tell(progress(run.run(), epochs, phase, done, total, dataDigest, repeats, message));
    }

    /** Says that what this service knew of a run is damaged. */
    void tellOfLoss(String run) {
        tell(progress(run, 0, Phase.FAILED, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(),
                "dataset-service's record of the run is damaged and was set aside; start the run again"));
    }

    private void tell(Progress progress) {
        events.publish(Topics.PROGRESS, List.of(progress));
    }

    private static Progress progress(
            String run,
            int epochs,
            Phase phase,
            Optional<Integer> done,
            Optional<Integer> total,
            Optional<String> dataDigest,
            Optional<Repeats> repeats,
            String message) {
        return new Progress(
                run,
                Instant.now(),
                phase,
                0,
                Optional.empty(),
                0,
                epochs,
                done.map(Integer::longValue),
                total.map(Integer::longValue),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                Optional.empty(),
                Optional.empty(),
                Optional.of(message),
                Optional.empty(),
                Optional.empty(),
                dataDigest,
                repeats);
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
