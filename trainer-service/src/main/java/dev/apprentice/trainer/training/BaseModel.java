package dev.apprentice.trainer.training;

import dev.apprentice.contracts.run.ModelSource;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.hub.DownloadListener;
import dev.apprentice.model.hub.DownloadMessages;
import dev.apprentice.model.hub.ModelLocation;
import dev.apprentice.trainer.run.StopSignal;
import dev.apprentice.trainer.run.TrainingFailedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import org.jboss.logging.Logger;

/** The model that a run begins with. */
final class BaseModel {

    private static final Logger LOG = Logger.getLogger(BaseModel.class);

    private BaseModel() {}

    /**
     * Opens it, after fetching it if it is on the hub; a run that is stopped meanwhile does not wait for the rest.
     *
     * @param meanwhile called again and again while it is fetched
     * @throws dev.apprentice.model.ModelException if it cannot be fetched, or is no model
     * @throws dev.apprentice.trainer.run.RunStoppedException if the run is stopped
     * @throws IOException if it lies in an object store that is away
     */
    static ModelFolder open(ModelSource source, StopSignal stop, Runnable meanwhile) throws IOException {
        try {
            return openOrFail(source, stop, meanwhile);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * What tells it from others that were or will be at its place; empty where that place is a folder or the hub, whose models
     * are known by their commits.
     *
     * @param before what told it when the run began; empty where that is not known
     * @throws TrainingFailedException if it is another by now
     */
    static Optional<String> version(ModelFolder base, String location, Optional<String> before) {
        Optional<String> now = ModelLocation.store().version(base.path());
        if (now.isPresent() && before.isPresent() && !before.equals(now)) {
            throw new TrainingFailedException("the base model at " + location + " is another than the one that this run began with ("
                    + before.get() + ", now " + now.get() + "); put that back and resume the run, or begin a new one");
        }
        now.filter(version -> before.isEmpty()).ifPresent(version -> LOG.infof("the base model at %s is %s", location, version));
        return now;
    }

    private static ModelFolder openOrFail(ModelSource source, StopSignal stop, Runnable meanwhile) {
        DownloadListener messages = new DownloadMessages(LOG::info);
        return ModelLocation.open(source.location(), new DownloadListener() {
            @Override
            public void progress(String file, long bytes, long of) {
                stop.check();
                meanwhile.run();
                messages.progress(file, bytes, of);
            }

            @Override
            public void waiting(String file) {
                stop.check();
                meanwhile.run();
                messages.waiting(file);
            }
        });
    }
}
