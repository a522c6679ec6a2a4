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
 * The checkpoint that answers where none is named: the newest trained one that could be loaded, or else the newest base model.
 *
 * <p>A newer one is loaded in the background; until that is done, and if it cannot be, the one before goes on answering. Where
 * there is none before, as at the start, an older one is looked for.
 */
@ApplicationScoped
public class ServedCheckpoint {

    private static final Logger LOG = Logger.getLogger(ServedCheckpoint.class);

    /** Events that come together, as at the start, lead to one load. */
    private static final Duration SETTLE = Duration.ofMillis(100);

    /** How many are tried before the first of them is tried again. */
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

    /** Brings a checkpoint into memory, or throws the reason why it cannot be. */
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

    /** The one that answers now; the one that should if none has been loaded yet. */
    public Optional<Checkpoint> current() {
        return served.or(catalog::best);
    }

    /** Looks for a better one, soon and elsewhere. */
    void refresh() {
        schedule(1, SETTLE);
    }

    /** It could not answer: another one is looked for. */
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

    /** What is scheduled looks for the best, so one is enough. */
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
                break; // it is in use, and better than what follows
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
