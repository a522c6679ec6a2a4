package dev.apprentice.inference.serving;

import dev.apprentice.contracts.event.Checkpoint;
import dev.apprentice.inference.InferenceSettings;
import dev.apprentice.inference.models.CheckpointFolder;
import dev.apprentice.inference.models.HeldCheckpoints;
import dev.apprentice.service.log.RepeatedWarning;
import dev.apprentice.service.log.RunLog;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * The checkpoint that answers if a user names none: the newest trained one that could be loaded, or else the newest base model.
 *
 * <p>A newer one is loaded in the background. The previous one goes on answering until the newer one is loaded, and if it cannot
 * be. If there is no previous one, as at the start, older ones are tried.
 */
@ApplicationScoped
public class ServedCheckpoint {

    private static final Logger LOG = Logger.getLogger(ServedCheckpoint.class);

    /** Delay before loading, so that a burst of events, as at the start, leads to one load. */
    private static final Duration SETTLE = Duration.ofMillis(100);

    /** Number of checkpoints to try before the first is tried again. */
    private static final int CANDIDATES = 5;

    private final CheckpointCatalog catalog;
    private final Loader held;
    private final InferenceSettings.Retry retry;
    private final ScheduledExecutorService loading = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "checkpoint-loading");
        thread.setDaemon(true);
        return thread;
    });

    private final RepeatedWarning notServed = new RepeatedWarning(LOG);

    /** Guarded by this. */
    private Future<?> next = CompletableFuture.completedFuture(null);

    private volatile Optional<Checkpoint> served = Optional.empty();

    /** Loads a checkpoint into memory, or throws the reason why it cannot be loaded. */
    interface Loader {
        void load(CheckpointFolder checkpoint) throws InterruptedException;
    }

    @Inject
    ServedCheckpoint(CheckpointCatalog catalog, HeldCheckpoints held, InferenceSettings settings) {
        this(catalog, held::load, settings);
    }

    ServedCheckpoint(CheckpointCatalog catalog, Loader held, InferenceSettings settings) {
        this.catalog = catalog;
        this.held = held;
        this.retry = settings.retry();
    }

    /** Returns the checkpoint that answers now, or the best one if none has been loaded yet. */
    public Optional<Checkpoint> current() {
        return served.or(catalog::best);
    }

    /** Looks for a better checkpoint soon, on another thread. */
    void refresh() {
        schedule(1, SETTLE);
    }

    /** Notes that a checkpoint could not answer, and looks for another one. */
    public void lost(Checkpoint checkpoint) {
        if (served.equals(Optional.of(checkpoint))) {
            served = Optional.empty();
            refresh();
        }
    }

    @PreDestroy
    void stop() {
        loading.shutdownNow();
    }

    /** Replaces what is scheduled. One task is enough, because it looks for the best checkpoint. */
    private synchronized void schedule(int attempt, Duration wait) {
        next.cancel(false);
        next = loading.schedule(() -> loadBest(attempt), wait.toMillis(), TimeUnit.MILLISECONDS);
    }

    private void loadBest(int attempt) {
        List<Checkpoint> candidates = catalog.best(CANDIDATES);
        Optional<Checkpoint> before = served.filter(known -> catalog.at(known.run(), known.step()).equals(served));
        served = before;
        for (Checkpoint candidate : candidates) {
            if (before.equals(Optional.of(candidate))) {
                break; // it is in use, and better than the rest
            }
            if (loads(candidate) || before.isPresent()) {
                break;
            }
        }
        if (!candidates.isEmpty() && !served.equals(Optional.of(candidates.get(0)))) {
            schedule(attempt + 1, retry.waitAfter(attempt));
        } else {
            notServed.over();
        }
    }

    private boolean loads(Checkpoint checkpoint) {
        try (RunLog log = RunLog.of(checkpoint.run(), checkpoint.step())) {
            held.load(new CheckpointFolder(checkpoint.uri(), checkpoint.digest()));
            served = Optional.of(checkpoint);
            LOG.infof("step %d now answers", checkpoint.step());
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the service stops
        } catch (RuntimeException e) {
            notServed.warn("step %d cannot be served yet: %s".formatted(checkpoint.step(), e.getMessage()), null);
        }
        return false;
    }
}
