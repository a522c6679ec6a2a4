package dev.apprentice.trainer.checkpoint;

import dev.apprentice.model.folder.CheckpointFiles;
import dev.apprentice.service.files.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
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
 * damaged. One that was only written to pause the run is not announced, and goes when there is a newer one.
 *
 * <p>A damaged checkpoint is set aside: its folder {@code trainer} becomes {@code trainer.damaged}, so training does not use
 * it any more. The rest stays in place for exams that may be reading it, until training comes to that step again.
 */
final class LocalCheckpoints {

    private static final Logger LOG = Logger.getLogger(LocalCheckpoints.class);

    private final Path folder;
    private final InstantSource clock;
    private final Function<Path, String> location;

    /**
     * @param folder made when the first checkpoint is
     * @param location where others are to find the one that lies in a folder here
     */
    LocalCheckpoints(Path folder, InstantSource clock, Function<Path, String> location) {
        this.folder = folder;
        this.clock = clock;
        this.location = location;
    }

    Path folder() {
        return folder;
    }

    void cleanUp() throws IOException {
        DurableFiles.deleteTemporary(folder);
    }

    /** See {@link CheckpointStore#newestHere}. */
    Optional<SavedCheckpoint> newest(Consumer<String> damaged) throws IOException {
        for (StepFolder candidate : newestFirst()) {
            if (!candidate.canBeResumed()) {
                continue; // an older one, of which only the model is kept
            }
            Optional<StateFile> intact = candidate.intact(damaged);
            if (intact.isPresent()) {
                forgetWhatOnlyResumesNeeded(candidate); // a crash may have come in between
                return Optional.of(saved(candidate.path(), intact.get()));
            }
        }
        return Optional.empty();
    }

    /**
     * Writes a checkpoint durably. One of the same step and the same weights is left as it is: another process may be reading it.
     *
     * @param traces see {@link SavedCheckpoint#traces}
     * @param announced whether others are to know of it
     * @throws IOException if the disk does not take it; nothing of it is left then, and older ones are untouched
     */
    SavedCheckpoint save(
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
                return saved(target, there.get());
            }
            if (Files.exists(target)) {
                step.delete();
            }
            DurableFiles.publishFolder(temporary, target);
            forgetWhatOnlyResumesNeeded(step);
            return saved(target, file);
        } finally {
            DurableFiles.deleteTree(temporary);
        }
    }

    private SavedCheckpoint saved(Path checkpoint, StateFile file) {
        return file.saved(checkpoint, location.apply(checkpoint));
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
        for (SavedCheckpoint older : all()) {
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

    /** Removes older ones of which only the model is kept. @param names which may go, as they are elsewhere, too */
    void forgetModelsBefore(int step, Set<String> names) throws IOException {
        for (StepFolder older : newestFirst()) {
            if (older.step() < step && !older.canBeResumed() && names.contains(older.name())) {
                older.delete();
            }
        }
    }

    /** Newest first. One whose state is damaged is set aside and left out. */
    List<SavedCheckpoint> all() throws IOException {
        List<SavedCheckpoint> all = new ArrayList<>();
        for (StepFolder checkpoint : newestFirst()) {
            if (checkpoint.isInUse()) {
                try {
                    all.add(saved(checkpoint.path(), StateFile.read(checkpoint.path())));
                } catch (DamagedCheckpointException e) {
                    checkpoint.setAside(e);
                }
            }
        }
        return all;
    }

    /** Whether there is one of this step with its optimizer state. */
    boolean hasOptimizerState(int step) {
        return Files.exists(StepFolder.of(folder, step).optimizerState());
    }

    /** See {@link CheckpointStore#at}. */
    SavedCheckpoint at(int step) throws IOException {
        Path checkpoint = StepFolder.of(folder, step).path();
        try {
            return saved(checkpoint, StateFile.read(checkpoint));
        } catch (DamagedCheckpointException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    void announced(SavedCheckpoint checkpoint) throws IOException {
        try {
            StateFile.read(checkpoint.folder()).announced().write(checkpoint.folder());
        } catch (DamagedCheckpointException e) {
            new StepFolder(checkpoint.folder()).setAside(e);
        }
    }

    void delete(SavedCheckpoint checkpoint) throws IOException {
        if (Files.exists(checkpoint.folder())) {
            new StepFolder(checkpoint.folder()).delete();
        }
    }

    private List<StepFolder> newestFirst() throws IOException {
        return StepFolder.newestFirst(folder);
    }
}
