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

/** Opens the model that a run begins with. */
final class BaseModel {

    private static final Logger LOG = Logger.getLogger(BaseModel.class);

    private BaseModel() {}

    /**
     * Opens the model, after fetching it if it is on the hub or in an object store. A run that is stopped does not wait for the
     * rest of the download.
     *
     * @param meanwhile called repeatedly during a download
     * @throws dev.apprentice.model.ModelException if it cannot be fetched, or is no model
     * @throws dev.apprentice.trainer.run.RunStoppedException if the run is stopped
     * @throws IOException if it is in an object store that is unavailable
     */
    static ModelFolder open(ModelSource source, StopSignal stop, Runnable meanwhile) throws IOException {
        try {
            return openOrFail(source, stop, meanwhile);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /**
     * Returns the version of a model in an object store. Empty for a folder or the hub, whose models are identified by their
     * commits.
     *
     * @param before the version with which the run began; empty if it is not known
     * @throws TrainingFailedException if the version has changed
     */
    static Optional<String> version(ModelFolder base, String location, Optional<String> before) {
        Optional<String> now = ModelLocation.store().version(base.path());
        if (now.isPresent() && before.isPresent() && !before.equals(now)) {
            throw new TrainingFailedException("the base model at " + location + " has changed since this run began (it was "
                    + before.get() + ", now " + now.get() + "); restore it and resume the run, or start a new one");
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
