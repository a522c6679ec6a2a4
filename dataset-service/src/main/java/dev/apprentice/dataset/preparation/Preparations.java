package dev.apprentice.dataset.preparation;

import dev.apprentice.dataset.DatasetSettings;
import dev.apprentice.dataset.persistence.PersistentWork;
import dev.apprentice.dataset.run.Assignment.TakeOver;
import dev.apprentice.dataset.run.RunFolder;
import dev.apprentice.dataset.run.RunFolders;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.ObservesAsync;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/**
 * Runs the preparations of this instance's runs. They have threads of their own, so a long one delays no records. The runs take turns.
 *
 * <p>A run whose preparation crashed this process is a suspect. It is tried again alone, so that another crash is not counted
 * against other runs.
 */
@ApplicationScoped
class Preparations {

    private static final Logger LOG = Logger.getLogger(Preparations.class);

    private final RunFolders runs;
    private final Preparation preparation;
    private final ProgressPublisher progress;
    private final Duration beforeASuspect;
    private final PersistentWork work;
    private final PersistentWork streams;
    private final PersistentWork takeOvers = new PersistentWork("take-over", 1);
    private final PersistentWork suspects = new PersistentWork("suspect-preparation", 1);
    private final Map<String, RunFolder> underWay = new HashMap<>();
    private final Set<String> askedForAgain = new HashSet<>();

    Preparations(RunFolders runs, Preparation preparation, ProgressPublisher progress, DatasetSettings settings) {
        this.progress = progress;
        this.runs = runs;
        this.preparation = preparation;
        this.beforeASuspect = settings.pauseAfterCrash();
        this.work = new PersistentWork("preparation", settings.preparations());
        this.streams = new PersistentWork("stream", settings.streams());
    }

    /** Reports lost runs, once after each start. */
    void look(@Observes StartupEvent started) throws IOException {
        for (RunFolder run : runs.all()) {
            if (run.isLost()) {
                suspects.run("publish that run " + run.name() + " is lost", () -> progress.publishLoss(run.name()))
                        .subscribe().with(told -> {}, failure -> LOG.errorf(failure, "run %s is lost", run.name()));
            }
        }
    }

    /** Continues the preparations that an earlier process, or another instance, left unfinished. */
    void resume(@ObservesAsync TakeOver begun) {
        takeOvers.run("look for runs to take over", () -> {
            for (RunFolder run : runs.all()) {
                run.lookAgain();
                begin(run);
            }
        }).subscribe().with(done -> {}, failure -> LOG.errorf(failure, "runs could not be taken over"));
    }

    /** Shuts down gracefully; no run counts this as a crash. */
    synchronized void stop(@Observes ShutdownEvent stopping) throws IOException {
        work.close();
        streams.close();
        suspects.close();
        takeOvers.close();
        for (RunFolder run : underWay.values()) {
            run.crashes().endInPeace();
        }
    }

    /** Starts a run's preparation, unless there is nothing to do. A run that is being prepared is checked again afterwards. */
    synchronized void begin(RunFolder run) {
        if (!run.isOursToPrepare()) {
            return;
        }
        if (underWay.putIfAbsent(run.name(), run) != null) {
            askedForAgain.add(run.name());
            return;
        }
        begun(run)
                .onTermination()
                .invoke(() -> ended(run))
                .subscribe()
                .with(done -> {}, failure -> LOG.errorf(failure, "run %s is given up", run.name()));
    }

    private Uni<Void> begun(RunFolder run) {
        String what = "prepare run " + run.name();
        if (run.isStream()) {
            return afterAPause(run).chain(() -> streams.run(what, () -> prepare(run, () -> false)));
        }
        PersistentWork place = run.crashes().count() > 0 ? suspects : work;
        return afterAPause(run).chain(() -> place.run(what, () -> prepare(run, place::isWaitedFor)));
    }

    /** Delays a run that crashed this process, so that a pending cancellation can arrive first. */
    private Uni<Void> afterAPause(RunFolder run) {
        Uni<Void> now = Uni.createFrom().voidItem();
        return run.crashes().count() > 0 ? now.onItem().delayIt().by(beforeASuspect) : now;
    }

    private void prepare(RunFolder run, BooleanSupplier othersWait) throws Exception {
        if (preparation.prepare(run, othersWait)) {
            askAgain(run);
        }
    }

    private synchronized void askAgain(RunFolder run) {
        askedForAgain.add(run.name());
    }

    private synchronized void ended(RunFolder run) {
        underWay.remove(run.name());
        if (askedForAgain.remove(run.name())) {
            begin(run);
        }
    }
}
