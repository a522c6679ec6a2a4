package dev.apprentice.dataset.retention;

import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.event.Run.DesiredState;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.dataset.DatasetSettings;
import dev.apprentice.dataset.persistence.SharedLock;
import dev.apprentice.dataset.run.RunFolder;
import dev.apprentice.dataset.run.RunFolders;
import dev.apprentice.service.kafka.TopicProvisioning;
import dev.apprentice.service.log.RunLog;
import dev.apprentice.service.threads.WatchedThread;
import dev.apprentice.service.threads.WatchedThreads;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.common.KafkaException;
import org.jboss.logging.Logger;

/**
 * Deletes the topics of batches that no training can continue with.
 *
 * <ul>
 *   <li>A run whose last checkpoint is announced never reads its batches again. They are kept for a while, for people.
 *   <li>So are those of a withdrawn run, which has a tombstone under its name on the runs topic.
 *   <li>A cancelled run may be resumed with its batches. They are kept for {@code keep-batches.cancelled}, or for good if that is
 *       not set; a run that is resumed too late fails with a message.
 *   <li>Batches of any other run are never deleted.
 * </ul>
 */
@ApplicationScoped
class BatchRetention {

    private static final Logger LOG = Logger.getLogger(BatchRetention.class);
    private static final Duration EVERY = Duration.ofHours(1);
    private static final Duration AFTER_THE_START = Duration.ofMinutes(1);

    private final RunFolders runs;
    private final TopicProvisioning topics;
    private final DatasetSettings.KeepBatches keep;
    private final WatchedThreads threads;
    private final WatchedThread thread = new WatchedThread("batch-retention", this::cleanUpRegularly, AFTER_THE_START);

    BatchRetention(RunFolders runs, TopicProvisioning topics, DatasetSettings settings, WatchedThreads threads) {
        this.runs = runs;
        this.topics = topics;
        this.keep = settings.keepBatches();
        this.threads = threads;
    }

    void start(@Observes StartupEvent started) {
        threads.start(thread);
    }

    void stop(@Observes ShutdownEvent stopping) {
        thread.stop();
    }

    private void cleanUpRegularly(WatchedThread self) throws InterruptedException {
        for (Duration wait = AFTER_THE_START; !self.pause(wait); wait = EVERY) {
            self.busyWith(() -> cleanUp(Instant.now()));
        }
    }

    /** Deletes all batches that are due. A failure is retried the next time. */
    void cleanUp(Instant now) {
        try {
            for (RunFolder run : runs.all()) {
                cleanUp(run, now);
            }
        } catch (IOException | KafkaException e) {
            LOG.warnf("batches that are no longer needed could not be deleted and will be later: %s", e.getMessage());
        }
    }

    private void cleanUp(RunFolder folder, Instant now) throws IOException {
        Optional<Instant> due = due(folder);
        if (!folder.isOurs() || due.isEmpty() || due.get().isAfter(now) || folder.batchesDeletedAt().isPresent()) {
            return;
        }
        Optional<SharedLock> lock = folder.lock();
        if (lock.isEmpty()) {
            return; // it is being prepared; the next pass tries again
        }
        try (SharedLock held = lock.get(); RunLog log = RunLog.of(folder.name())) {
            folder.deleteBatches(now, () -> topics.delete(Topics.batches(folder.name())));
            LOG.infof("its batches are deleted; they were due at %s", due.get());
        }
    }

    /** Returns from when on a run's batches may be deleted; empty for never. */
    private Optional<Instant> due(RunFolder folder) throws IOException {
        if (!folder.exams().isEmpty()) {
            return Optional.empty(); // a checkpoint still waits for its exam
        }
        Optional<Instant> finished = folder.finishedAt();
        Optional<Instant> over = finished.isPresent() ? finished : folder.withdrawnAt();
        if (over.isPresent()) {
            return over.map(at -> at.plus(keep.finished()));
        }
        Optional<Instant> cancelled =
                folder.run().filter(run -> run.desired() == DesiredState.CANCEL).map(Run::requestedAt);
        return cancelled.flatMap(at -> keep.cancelled().map(at::plus));
    }
}
