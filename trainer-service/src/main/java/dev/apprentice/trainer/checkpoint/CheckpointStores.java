package dev.apprentice.trainer.checkpoint;

import dev.apprentice.service.log.RepeatedWarning;
import dev.apprentice.service.storage.ObjectStorage;
import dev.apprentice.service.storage.StorageException;
import dev.apprentice.service.storage.StorageUri;
import dev.apprentice.trainer.TrainerSettings;
import dev.apprentice.trainer.run.Outcomes;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/** The places for checkpoints of all runs: on disk, and in an object store if {@code apprentice.trainer.checkpoints} names one. */
@ApplicationScoped
public class CheckpointStores {

    private final RepeatedWarning trouble = new RepeatedWarning(Logger.getLogger(CheckpointStores.class));
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "object-store");
        thread.setDaemon(true);
        return thread;
    });
    private final Outcomes outcomes;
    private final ObjectStorage storage;
    private final Optional<StorageUri> remote;
    private final Optional<Path> folder;

    CheckpointStores(TrainerSettings settings, Outcomes outcomes, ObjectStorage storage) {
        this.outcomes = outcomes;
        this.storage = storage;
        Optional<String> place = settings.checkpoints();
        try {
            this.remote = place.filter(StorageUri::isOne).map(StorageUri::parse);
            this.folder = place.filter(text -> !StorageUri.isOne(text))
                    .map(text -> text.startsWith("file:") ? Path.of(URI.create(text)) : Path.of(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "apprentice.trainer.checkpoints must be a folder, a file: URI or an s3: URI: " + e.getMessage(), e);
        }
    }

    /** Checks the object store every minute, so that health shows trouble before a checkpoint is due. */
    void start(@Observes StartupEvent event) {
        remote.ifPresent(place -> looking.scheduleWithFixedDelay(() -> look(place), 0, 1, TimeUnit.MINUTES));
    }

    private void look(StorageUri place) {
        try {
            storage.requireBucket(place);
            trouble.over();
        } catch (StorageException e) {
            trouble.warn(e.getMessage(), null);
        }
    }

    @PreDestroy
    void stop() {
        looking.shutdownNow();
    }

    /** Returns the store of one run's checkpoints. */
    public CheckpointStore of(String run) {
        return new CheckpointStore(
                folder.map(all -> all.resolve(run)).orElseGet(() -> outcomes.folder(run)),
                Clock.systemUTC(),
                remote.map(uri -> new RemoteCheckpoints(storage, uri.resolve(run))));
    }
}
