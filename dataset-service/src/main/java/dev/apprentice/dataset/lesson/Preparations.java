package dev.apprentice.dataset.lesson;

import dev.apprentice.dataset.DatasetSettings;
import dev.apprentice.dataset.persistence.PersistentWork;
import dev.apprentice.dataset.run.RunFolder;
import dev.apprentice.dataset.run.RunFolders;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.jboss.logging.Logger;

/** The preparations under way. They go on beside the channels, so that a long one holds up nobody's messages. */
@ApplicationScoped
class Preparations {

    private static final Logger LOG = Logger.getLogger(Preparations.class);

    private final RunFolders runs;
    private final Preparation preparation;
    private final PersistentWork work;
    private final PersistentWork streams;
    private final Set<String> underWay = new HashSet<>();
    private final Set<String> askedForAgain = new HashSet<>();

    Preparations(RunFolders runs, Preparation preparation, DatasetSettings settings) {
        this.runs = runs;
        this.preparation = preparation;
        this.work = new PersistentWork("preparation", settings.preparations());
        this.streams = new PersistentWork("stream", settings.streams());
    }

    /** Takes up what an earlier process left undone. */
    void resume(@Observes StartupEvent started) throws IOException {
        runs.all().forEach(this::begin);
    }

    void stop(@Observes ShutdownEvent stopping) {
        work.close();
        streams.close();
    }

    /**
     * Begins to prepare a run, unless there is nothing to do. One that is being prepared is looked at again afterwards.
     */
    synchronized void begin(RunFolder run) {
        if (!run.isUnprepared()) {
            return;
        }
        if (!underWay.add(run.name())) {
            askedForAgain.add(run.name());
            return;
        }
        (run.isStream() ? streams : work).run("prepare run " + run.name(), () -> preparation.prepare(run))
                .onTermination()
                .invoke(() -> ended(run))
                .subscribe()
                .with(done -> {}, failure -> LOG.errorf(failure, "run %s is given up", run.name()));
    }

    private synchronized void ended(RunFolder run) {
        underWay.remove(run.name());
        if (askedForAgain.remove(run.name())) {
            begin(run);
        }
    }
}
