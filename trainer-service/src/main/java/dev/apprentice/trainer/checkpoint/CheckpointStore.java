package dev.apprentice.trainer.checkpoint;

import dev.apprentice.model.folder.CheckpointFiles;
import dev.apprentice.service.files.DurableFiles;
import dev.apprentice.service.storage.AlteredException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jboss.logging.Logger;

/**
 * One run's checkpoints on disk.
 *
 * <pre>
 * checkpoints/step-000116/            a model in Hugging Face layout
 * checkpoints/step-000116/trainer/    optimizer.safetensors, state.json
 * </pre>
 *
 * A folder of that name is complete: it is written under another name, synced, and renamed. The newest two keep their
 * optimizer state, which is twice as large as the weights: the second is what training resumes from where the first is
 * damaged. One that was only written to lay the run down is not announced, and goes when there is a newer one.
 *
 * <p>A damaged checkpoint is set aside: its folder {@code trainer} becomes {@code trainer.damaged}, so training does not use
 * it any more. The rest stays in place for exams that may be reading it, until training comes to that step again.
 */
public final class CheckpointStore {

    private static final Logger LOG = Logger.getLogger(CheckpointStore.class);

    private final Path folder;
    private final InstantSource clock;
    private final Optional<RemoteCheckpoints> remote;

    /** Those on disk alone. @param runFolder the run's own folder; made when the first checkpoint is */
    public CheckpointStore(Path runFolder, InstantSource clock) {
        this(runFolder, clock, Optional.empty());
    }

    /** @param remote where they are kept besides, for others and for a trainer on another machine */
    public CheckpointStore(Path runFolder, InstantSource clock, Optional<RemoteCheckpoints> remote) {
        this.folder = runFolder.resolve("checkpoints");
        this.clock = clock;
        this.remote = remote;
    }

    /** Removes what a crash left half-written. */
    public void cleanUp() throws IOException {
        DurableFiles.deleteTemporary(folder);
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
        Optional<SavedCheckpoint> here = newestHere(damaged);
        return remote.isPresent() && fetchNewer(here, damaged) ? newestHere(damaged) : here;
    }

    /** Whether there was a newer one. One that cannot be used there is left for the one before it. */
    private boolean fetchNewer(Optional<SavedCheckpoint> here, Consumer<String> damaged) throws IOException {
        int newestStep = here.map(checkpoint -> checkpoint.state().step()).orElse(-1);
        for (Map.Entry<String, Boolean> there : remote.get().complete().entrySet()) {
            if (there.getValue() && StepFolder.step(there.getKey()) > newestStep) {
                try {
                    LOG.infof("fetching %s", remote.get().uri(there.getKey()));
                    remote.get().fetch(there.getKey(), folder);
                    return true;
                } catch (AlteredException e) {
                    LOG.warn(e.getMessage());
                    damaged.accept("the checkpoint of step " + StepFolder.step(there.getKey()) + " cannot be used: " + e.getMessage());
                }
            }
        }
        return false;
    }

    /** The same of those on this machine's disk alone. */
    public Optional<SavedCheckpoint> newestHere(Consumer<String> damaged) throws IOException {
        for (StepFolder candidate : newestFirst()) {
            if (!candidate.canBeResumed()) {
                continue; // an older one, of which only the model is kept
            }
            Optional<StateFile> intact = candidate.intact(damaged);
            if (intact.isPresent()) {
                forgetWhatOnlyResumesNeeded(candidate); // a crash may have come in between
                return intact.map(saved(candidate.path()));
            }
        }
        return Optional.empty();
    }

    /** Writes a checkpoint that others are to know of. */
    public SavedCheckpoint save(TrainingState state, List<Map<String, String>> traces, CheckpointContents contents)
            throws IOException {
        return save(state, traces, contents, true);
    }

    /** Writes what a paused run is resumed from: a checkpoint that others do not know of. */
    public SavedCheckpoint pause(TrainingState state, List<Map<String, String>> traces, CheckpointContents contents)
            throws IOException {
        return save(state, traces, contents, false);
    }

    /**
     * Writes a checkpoint durably. One of the same step and the same weights is left as it is: another process may be reading it.
     *
     * @param traces see {@link SavedCheckpoint#traces}
     * @throws IOException if the disk does not take it; nothing of it is left then, and older ones are untouched
     */
    private SavedCheckpoint save(
            TrainingState state, List<Map<String, String>> traces, CheckpointContents contents, boolean announced)
            throws IOException {
        StepFolder step = StepFolder.of(folder, state.step());
        Path target = step.path();
        Path temporary = DurableFiles.temporaryFor(target);
        try {
            Path optimizerState = new StepFolder(temporary).optimizerState();
            Files.createDirectories(optimizerState.getParent());
            contents.write(temporary, optimizerState);
            StateFile file = StateFile.of(
                    temporary, state, clock.instant().truncatedTo(ChronoUnit.MILLIS), !announced, traces);
            file.write(temporary);
            Optional<StateFile> there = sameAt(step, new StepFolder(temporary));
            if (there.isPresent() && !(announced && there.get().isUnannounced())) {
                return saved(target).apply(there.get());
            }
            if (Files.exists(target)) {
                step.delete();
            }
            DurableFiles.publishFolder(temporary, target);
            forgetWhatOnlyResumesNeeded(step);
            return saved(target).apply(file);
        } finally {
            DurableFiles.deleteTree(temporary);
        }
    }

    private Function<StateFile, SavedCheckpoint> saved(Path checkpoint) {
        return file -> file.saved(checkpoint, location(checkpoint));
    }

    /** As others are to find it. */
    private String location(Path checkpoint) {
        return remote.map(there -> there.uri(checkpoint.getFileName().toString()).toString())
                .orElseGet(() -> checkpoint.toUri().toString());
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
            Set<String> there = remote.get().complete().keySet(); // one from before the store was set lies here alone
            for (StepFolder older : newestFirst()) {
                if (older.step() < checkpoint.state().step() && !older.canBeResumed() && there.contains(older.name())) {
                    older.delete();
                }
            }
        }
    }

    /** What is at the target already, where it is undamaged and holds these weights and this optimizer state. */
    private static Optional<StateFile> sameAt(StepFolder target, StepFolder written) throws IOException {
        Path weights = CheckpointFiles.weights(written.path());
        boolean same = isSameFile(target.path().resolve(written.path().relativize(weights)), weights)
                && isSameFile(target.optimizerState(), written.optimizerState());
        return same ? target.intact(LOG::debug) : Optional.empty();
    }

    private static boolean isSameFile(Path there, Path written) throws IOException {
        return Files.exists(there) && Files.mismatch(there, written) < 0;
    }

    private void forgetWhatOnlyResumesNeeded(StepFolder newest) throws IOException {
        boolean oneBefore = false;
        for (SavedCheckpoint older : here()) {
            if (older.state().step() >= newest.step()) {
                continue;
            }
            if (older.unannounced()) {
                new StepFolder(older.folder()).delete();
            } else if (oneBefore) {
                Files.deleteIfExists(older.optimizerState());
            } else {
                oneBefore = true;
            }
        }
    }

    /** Those there are, here or in the object store, newest first. One whose state is damaged is left out. */
    public List<SavedCheckpoint> all() throws IOException {
        List<SavedCheckpoint> all = new ArrayList<>(here());
        if (remote.isPresent()) {
            Set<Path> here = all.stream().map(SavedCheckpoint::folder).collect(Collectors.toSet());
            for (String name : remote.get().complete().keySet()) {
                Path place = folder.resolve(name);
                if (!here.contains(place)) {
                    remote.get().saved(name, place).ifPresent(all::add);
                }
            }
            all.sort(Comparator.comparingInt((SavedCheckpoint checkpoint) -> checkpoint.state().step()).reversed());
        }
        return all;
    }

    private List<SavedCheckpoint> here() throws IOException {
        List<SavedCheckpoint> all = new ArrayList<>();
        for (StepFolder checkpoint : newestFirst()) {
            if (checkpoint.isInUse()) {
                try {
                    all.add(saved(checkpoint.path()).apply(StateFile.read(checkpoint.path())));
                } catch (DamagedCheckpointException e) {
                    checkpoint.setAside(e);
                }
            }
        }
        return all;
    }

    /**
     * One that another process goes on from, which has seen that it is intact.
     *
     * @throws IOException if it is not there or cannot be read
     */
    public SavedCheckpoint at(int step) throws IOException {
        StepFolder checkpoint = StepFolder.of(folder, step);
        if (remote.isPresent() && !Files.exists(checkpoint.optimizerState())) {
            remote.get().fetch(checkpoint.name(), folder);
        }
        try {
            return saved(checkpoint.path()).apply(StateFile.read(checkpoint.path()));
        } catch (DamagedCheckpointException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    /** Notes durably that others know of one that was written for resuming alone. */
    public void announced(SavedCheckpoint checkpoint) throws IOException {
        try {
            StateFile.read(checkpoint.folder()).announced().write(checkpoint.folder());
        } catch (DamagedCheckpointException e) {
            new StepFolder(checkpoint.folder()).setAside(e);
        }
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
        if (Files.exists(checkpoint.folder())) {
            new StepFolder(checkpoint.folder()).delete();
        }
    }

    private List<StepFolder> newestFirst() throws IOException {
        return StepFolder.newestFirst(folder);
    }
}
