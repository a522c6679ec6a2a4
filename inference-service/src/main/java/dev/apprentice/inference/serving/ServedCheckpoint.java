package dev.apprentice.inference.serving;

import dev.apprentice.contracts.Checkpoint;
import dev.apprentice.inference.InferenceSettings;
import dev.apprentice.inference.model.CheckpointFolder;
import dev.apprentice.inference.model.HeldCheckpoints;
import dev.apprentice.service.RunLog;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The checkpoint that answers whoever names none: the newest that could be loaded.
 *
 * <p>A newer one is loaded in the background; until that is done, and if it cannot be, the one before goes on answering.
 */
@ApplicationScoped
public class ServedCheckpoint {

    private static final Logger LOG = Logger.getLogger(ServedCheckpoint.class);

    /** Events that come together, as at the start, lead to one load. */
    private static final Duration SETTLE = Duration.ofMillis(100);

    private final CheckpointCatalog catalog;
    private final HeldCheckpoints held;
    private final InferenceSettings.Retry retry;
    private final ScheduledExecutorService loading = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "checkpoint-loading");
        thread.setDaemon(true);
        return thread;
    });

    /** Guarded by this. */
    private Future<?> next = CompletableFuture.completedFuture(null);

    private volatile Optional<Checkpoint> served = Optional.empty();

    ServedCheckpoint(CheckpointCatalog catalog, HeldCheckpoints held, InferenceSettings settings) {
        this.catalog = catalog;
        this.held = held;
        this.retry = settings.retry();
    }

    /** The one that answers now; the newest announced if none has been loaded yet. */
    public Optional<Checkpoint> current() {
        return served.or(catalog::newest);
    }

    /** Looks for a newer one, soon and elsewhere. */
    void refresh() {
        schedule(1, SETTLE);
    }

    @PreDestroy
    void stop() {
        loading.shutdownNow();
    }

    /** Whatever is scheduled looks for the newest, so one is enough. */
    private synchronized void schedule(int attempt, Duration wait) {
        next.cancel(false);
        next = loading.schedule(() -> loadNewest(attempt), wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void loadNewest(int attempt) {
        Optional<Checkpoint> newest = catalog.newest();
        if (newest.isEmpty() || newest.equals(served)) {
            served = newest;
            return;
        }
        try (RunLog log = RunLog.of(newest.get().run())) {
            load(newest.get(), attempt);
        }
    }

    private void load(Checkpoint checkpoint, int attempt) {
        try {
            held.load(new CheckpointFolder(checkpoint.uri(), checkpoint.digest()));
            served = Optional.of(checkpoint);
            LOG.infof("step %d now answers", checkpoint.step());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the service stops
        } catch (RuntimeException e) {
            Duration wait = retry.waitAfter(attempt);
            LOG.errorf("step %d cannot be served yet, next attempt in %.1f s: %s",
                    checkpoint.step(), wait.toMillis() / 1e3, e.getMessage());
            schedule(attempt + 1, wait);
        }
    }
}
