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

/** One run's checkpoints: {@linkplain LocalCheckpoints on this machine's disk}, and in an object store where one is set. */
public final class CheckpointStore {

    private static final Logger LOG = Logger.getLogger(CheckpointStore.class);

    private final LocalCheckpoints here;
    private final Optional<RemoteCheckpoints> remote;

    /** Those on disk alone. @param runFolder the run's own folder; made when the first checkpoint is */
    public CheckpointStore(Path runFolder, InstantSource clock) {
        this(runFolder, clock, Optional.empty());
    }

    /** @param remote where they are kept besides, for others and for a trainer on another machine */
    public CheckpointStore(Path runFolder, InstantSource clock, Optional<RemoteCheckpoints> remote) {
        this.here = new LocalCheckpoints(runFolder.resolve("checkpoints"), clock, checkpoint -> remote
                .map(there -> there.uri(checkpoint.getFileName().toString()).toString())
                .orElseGet(() -> checkpoint.toUri().toString()));
        this.remote = remote;
    }

    /** Removes what a crash left half-written. */
    public void cleanUp() throws IOException {
        here.cleanUp();
    }

    /**
     * The newest checkpoint that training can go on from: complete, its optimizer state there, and every file as it was
     * written. Damaged ones before it are set aside.
     *
     * @param damaged is given a sentence for each that is set aside
     * <p>One in the object store that is newer, or that takes the place of a damaged one, is fetched.
     *
     * @throws IOException if the disk, or the object store, cannot be read just now
     */
    public Optional<SavedCheckpoint> newest(Consumer<String> damaged) throws IOException {
        Optional<SavedCheckpoint> newest = newestHere(damaged);
        return remote.isPresent() && fetchNewer(remote.get(), newest, damaged) ? newestHere(damaged) : newest;
    }

    /** Whether there was a newer one. One that cannot be used there is left for the one before it. */
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

    /** The newest of those on this machine's disk alone. @param damaged is given a sentence for each that is set aside */
    public Optional<SavedCheckpoint> newestHere(Consumer<String> damaged) throws IOException {
        return here.newest(damaged);
    }

    /** Writes a checkpoint that others are to know of; see {@link LocalCheckpoints#save}. */
    public SavedCheckpoint save(TrainingState state, List<Map<String, String>> traces, CheckpointContents contents)
            throws IOException {
        return here.save(state, traces, contents, true);
    }

    /** Writes what a paused run is resumed from: a checkpoint that others do not know of. */
    public SavedCheckpoint pause(TrainingState state, List<Map<String, String>> traces, CheckpointContents contents)
            throws IOException {
        return here.save(state, traces, contents, false);
    }

    /** Whether others look for checkpoints in an object store. */
    public boolean isRemote() {
        return remote.isPresent();
    }

    /**
     * Makes sure that one which others are to know of is where they look for it; may be called again. Here, only those stay that
     * training can go on from where all are in an object store.
     *
     * @throws IOException if the object store does not take it; none take it for complete then
     */
    public void share(SavedCheckpoint checkpoint) throws IOException {
        if (remote.isPresent()) {
            remote.get().write(checkpoint.folder());
            // one from before the store was set lies here alone
            here.forgetModelsBefore(checkpoint.state().step(), remote.get().complete().keySet());
        }
    }

    /** Those there are, here or in the object store, newest first. One whose state is damaged is left out. */
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
     * One that another process goes on from, which has seen that it is intact.
     *
     * @throws IOException if it is not there or cannot be read
     */
    public SavedCheckpoint at(int step) throws IOException {
        if (remote.isPresent() && !here.hasOptimizerState(step)) {
            remote.get().fetch(StepFolder.of(here.folder(), step).name(), here.folder());
        }
        return here.at(step);
    }

    /** Notes durably that others know of one that was written for resuming alone. */
    public void announced(SavedCheckpoint checkpoint) throws IOException {
        here.announced(checkpoint);
    }

    /** The step of the newest that others are to know of; -1 where there is none. */
    public int newestAnnounced() throws IOException {
        return all().stream()
                .filter(checkpoint -> !checkpoint.unannounced())
                .findFirst()
                .map(checkpoint -> checkpoint.state().step())
                .orElse(-1);
    }

    /** Removes one for good. Under its own name it is there in full or not at all, whenever the power goes. */
    public void delete(SavedCheckpoint checkpoint) throws IOException {
        if (remote.isPresent()) {
            remote.get().delete(checkpoint.folder().getFileName().toString());
        }
        here.delete(checkpoint);
    }
}
