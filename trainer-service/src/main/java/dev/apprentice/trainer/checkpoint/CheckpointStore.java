package dev.apprentice.trainer.checkpoint;

import dev.apprentice.service.storage.AlteredException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/** One run's checkpoints: {@linkplain LocalCheckpoints on this machine's disk}, and in an object store if one is configured. */
public final class CheckpointStore {

    private static final Logger LOG = Logger.getLogger(CheckpointStore.class);

    private final LocalCheckpoints here;
    private final Optional<RemoteCheckpoints> remote;

    /**
     * Creates a store on disk alone.
     *
     * @param runFolder the run's own folder; created with the first checkpoint
     */
    public CheckpointStore(Path runFolder, InstantSource clock) {
        this(runFolder, clock, Optional.empty());
    }

    /** @param remote a second place for the checkpoints, for other services and for trainers on other machines */
    public CheckpointStore(Path runFolder, InstantSource clock, Optional<RemoteCheckpoints> remote) {
        this.here = new LocalCheckpoints(runFolder.resolve("checkpoints"), clock, checkpoint -> remote
                .map(there -> there.uri(checkpoint.getFileName().toString()).toString())
                .orElseGet(() -> checkpoint.toUri().toString()));
        this.remote = remote;
    }

    /** Removes what a crash has left half-written. */
    public void cleanUp() throws IOException {
        here.cleanUp();
    }

    /**
     * Returns the newest checkpoint that training can resume from: it is complete, has its optimizer state, and every file is as
     * it was written. Damaged ones that are newer are set aside. A checkpoint in the object store is fetched if it is newer, or
     * if it replaces a damaged one.
     *
     * @param damaged receives a sentence for each damaged checkpoint
     * @throws IOException if the disk or the object store cannot be read at the moment
     */
    public Optional<SavedCheckpoint> newest(Consumer<String> damaged) throws IOException {
        Optional<SavedCheckpoint> newest = newestHere(damaged);
        return remote.isPresent() && fetchNewer(remote.get(), newest, damaged) ? newestHere(damaged) : newest;
    }

    /** Fetches the newest usable checkpoint of the object store if it is newer than the given one. Tells whether it fetched one. */
    private boolean fetchNewer(RemoteCheckpoints there, Optional<SavedCheckpoint> newest, Consumer<String> damaged)
            throws IOException {
        int newestStep = newest.map(checkpoint -> checkpoint.state().step()).orElse(-1);
        for (Map.Entry<String, Boolean> one : there.complete().entrySet()) {
            if (one.getValue() && StepFolder.step(one.getKey()) > newestStep) {
                try {
                    LOG.infof("fetching %s", there.uri(one.getKey()));
                    there.fetch(one.getKey(), here.folder());
                    return true;
                } catch (AlteredException e) {
                    LOG.warn(e.getMessage());
                    damaged.accept("the checkpoint of step " + StepFolder.step(one.getKey()) + " cannot be used: " + e.getMessage());
                }
            }
        }
        return false;
    }

    /**
     * Returns the newest checkpoint on this machine's disk that training can resume from.
     *
     * @param damaged receives a sentence for each damaged checkpoint, which is set aside
     */
    public Optional<SavedCheckpoint> newestHere(Consumer<String> damaged) throws IOException {
        return here.newest(damaged);
    }

    /** Writes a checkpoint that will be announced; see {@link LocalCheckpoints#save}. */
    public SavedCheckpoint save(TrainingState state, List<Map<String, String>> traces, CheckpointContents contents)
            throws IOException {
        return here.save(state, traces, contents, true);
    }

    /** Writes a checkpoint that a paused run is resumed from, and that is not announced. */
    public SavedCheckpoint pause(TrainingState state, List<Map<String, String>> traces, CheckpointContents contents)
            throws IOException {
        return here.save(state, traces, contents, false);
    }

    /** Tells whether other services read checkpoints from an object store. */
    public boolean isRemote() {
        return remote.isPresent();
    }

    /**
     * Makes a checkpoint available to other services, if they read from an object store. Idempotent. It then removes local models
     * of older steps that cannot be resumed from, if the object store has them.
     *
     * @throws IOException if the object store does not take it; the checkpoint does not count as complete there then
     */
    public void share(SavedCheckpoint checkpoint) throws IOException {
        if (remote.isPresent()) {
            remote.get().write(checkpoint.folder());
            // the store lacks checkpoints from before it was configured, so those stay
            here.forgetModelsBefore(checkpoint.state().step(), remote.get().complete().keySet());
        }
    }

    /** Returns all checkpoints, here or in the object store, newest first. Those with a damaged state are left out. */
    public List<SavedCheckpoint> all() throws IOException {
        List<SavedCheckpoint> all = new ArrayList<>(here.all());
        if (remote.isPresent()) {
            Set<Path> found = all.stream().map(SavedCheckpoint::folder).collect(Collectors.toSet());
            for (String name : remote.get().complete().keySet()) {
                Path place = here.folder().resolve(name);
                if (!found.contains(place)) {
                    remote.get().saved(name, place).ifPresent(all::add);
                }
            }
            all.sort(Comparator.comparingInt((SavedCheckpoint checkpoint) -> checkpoint.state().step()).reversed());
        }
        return all;
    }

    /**
     * Returns the checkpoint of this step, which another process has already found intact.
     *
     * @throws IOException if it does not exist or cannot be read
     */
    public SavedCheckpoint at(int step) throws IOException {
        if (remote.isPresent() && !here.hasOptimizerState(step)) {
            remote.get().fetch(StepFolder.of(here.folder(), step).name(), here.folder());
        }
        return here.at(step);
    }

    /** Records durably that a checkpoint which was written only for resuming is now announced. */
    public void announced(SavedCheckpoint checkpoint) throws IOException {
        here.announced(checkpoint);
    }

    /** Returns the step of the newest announced checkpoint, -1 if there is none. */
    public int newestAnnounced() throws IOException {
        return all().stream()
                .filter(checkpoint -> !checkpoint.unannounced())
                .findFirst()
                .map(checkpoint -> checkpoint.state().step())
                .orElse(-1);
    }

    /** Deletes a checkpoint. Even after a power failure, the folder of its name is complete or absent. */
    public void delete(SavedCheckpoint checkpoint) throws IOException {
        if (remote.isPresent()) {
            remote.get().delete(checkpoint.folder().getFileName().toString());
        }
        here.delete(checkpoint);
    }
}
