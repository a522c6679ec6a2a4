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
 * A folder with such a name is complete: it is written under another name, synced, and renamed. The newest two keep their
 * optimizer state, which is twice as large as the weights. Training resumes from the second if the first is damaged. A checkpoint
 * that was only written to pause the run is not announced, and is deleted when there is a newer one.
 *
 * <p>A damaged checkpoint is set aside: its folder {@code trainer} is renamed to {@code trainer.damaged}, so training no longer
 * uses it. The rest stays in place for exams that may be reading it, until training reaches that step again.
 */
final class LocalCheckpoints {

    private static final Logger LOG = Logger.getLogger(LocalCheckpoints.class);

    private final Path folder;
    private final InstantSource clock;
    private final Function<Path, String> location;

    /**
     * @param folder created with the first checkpoint
     * @param location the address under which other services find the checkpoint in a local folder
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
                continue; // an older one that keeps only its model
            }
            Optional<StateFile> intact = candidate.intact(damaged);
            if (intact.isPresent()) {
                forgetWhatOnlyResumesNeeded(candidate); // a crash may have prevented it before
                return Optional.of(saved(candidate.path(), intact.get()));
            }
        }
        return Optional.empty();
    }

    /**
     * Writes a checkpoint durably. An existing checkpoint of that step with equal weights and optimizer state stays as it is.
     * Another process may be reading it.
     *
     * @param traces see {@link SavedCheckpoint#traces}
     * @param announced whether the checkpoint will be announced
     * @throws IOException if the disk does not take it; nothing of it is left then, and older checkpoints are untouched
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

    /** Returns the existing checkpoint's state if that checkpoint is undamaged and holds these weights and this optimizer state. */
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

    /**
     * Deletes older checkpoints that keep only their model.
     *
     * @param names the checkpoints that may be deleted, because they exist elsewhere, too
     */
    void forgetModelsBefore(int step, Set<String> names) throws IOException {
        for (StepFolder older : newestFirst()) {
            if (older.step() < step && !older.canBeResumed() && names.contains(older.name())) {
                older.delete();
            }
        }
    }

    /** Returns all checkpoints, newest first. Those with a damaged state are set aside and left out. */
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

    /** Tells whether there is a checkpoint of this step with its optimizer state. */
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
