package dev.apprentice.trainer.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.apprentice.contracts.Json;
import dev.apprentice.service.files.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/**
 * One run's checkpoints on disk.
 *
 * <pre>
 * checkpoints/step-000116/            a model in Hugging Face layout
 * checkpoints/step-000116/trainer/    optimizer.safetensors, state.json
 * </pre>
 *
 * A folder of that name is complete: it is written under another name, synced, and renamed. Only the newest keeps its
 * optimizer state; nobody else needs the older ones', and it is twice as large as the weights. One that was only written to
 * lay the run down is not announced, and goes when there is a newer one.
 */
public final class CheckpointStore {

    private static final Logger LOG = Logger.getLogger(CheckpointStore.class);
    private static final ObjectMapper JSON = Json.MAPPER.copy().enable(SerializationFeature.INDENT_OUTPUT);
    private static final Pattern NAME = Pattern.compile("step-\\d{6,}");

    private final Path folder;
    private final InstantSource clock;

    /** @param runFolder the run's own folder; made when the first checkpoint is */
    public CheckpointStore(Path runFolder, InstantSource clock) {
        this.folder = runFolder.resolve("checkpoints");
        this.clock = clock;
    }

    static Path optimizerState(Path checkpoint) {
        return checkpoint.resolve("trainer").resolve("optimizer.safetensors");
    }

    private static Path state(Path checkpoint) {
        return checkpoint.resolve("trainer").resolve("state.json");
    }

    /** Removes what a crash left half-written. */
    public void cleanUp() throws IOException {
        DurableFiles.deleteTemporary(folder);
    }

    /**
     * The newest checkpoint that training can go on from: complete, its optimizer state there, and its weights as they
     * were written.
     */
    public Optional<SavedCheckpoint> newest() throws IOException {
        for (Path candidate : newestFirst()) {
            if (Files.exists(optimizerState(candidate))) {
                Optional<SavedCheckpoint> intact = readIntact(candidate);
                if (intact.isPresent()) {
                    return intact;
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<SavedCheckpoint> readIntact(Path candidate) throws IOException {
        StateFile file = JSON.readValue(state(candidate).toFile(), StateFile.class);
        Path weights = CheckpointFiles.weights(candidate);
        if (!Files.exists(weights) || !Sha256.of(weights).equals(file.digest())) {
            LOG.warnf("the weights in %s are not those that were written there; it is passed over", candidate);
            return Optional.empty();
        }
        long bytes = Files.size(optimizerState(candidate));
        if (file.optimizerBytes() != null && file.optimizerBytes() != bytes) {
            LOG.warnf("the optimizer's state in %s has %d bytes of %d; it is passed over",
                    candidate, bytes, file.optimizerBytes());
            return Optional.empty();
        }
        return Optional.of(saved(candidate, file));
    }

    /** Writes a checkpoint that others are to know of. */
    public SavedCheckpoint save(TrainingState state, List<Map<String, String>> traces, CheckpointContents contents)
            throws IOException {
        return save(state, traces, contents, true);
    }

    /** Writes a checkpoint for nobody but whoever takes the run up again. */
    public SavedCheckpoint layDown(TrainingState state, List<Map<String, String>> traces, CheckpointContents contents)
            throws IOException {
        return save(state, traces, contents, false);
    }

    /**
     * Writes a checkpoint durably. One of the same step and the same weights is left as it is: somebody may be reading it.
     *
     * @param traces see {@link SavedCheckpoint#traces}
     * @throws IOException if the disk does not take it; nothing of it is left then, and older ones are untouched
     */
    private SavedCheckpoint save(
            TrainingState state, List<Map<String, String>> traces, CheckpointContents contents, boolean announced)
            throws IOException {
        Path target = folder.resolve(String.format("step-%06d", state.step()));
        Path temporary = DurableFiles.temporaryFor(target);
        try {
            Files.createDirectories(optimizerState(temporary).getParent());
            contents.write(temporary, optimizerState(temporary));
            StateFile file = new StateFile(
                    state,
                    Sha256.of(CheckpointFiles.weights(temporary)),
                    clock.instant().truncatedTo(ChronoUnit.MILLIS),
                    Files.size(optimizerState(temporary)),
                    announced ? null : Boolean.TRUE,
                    traces.isEmpty() ? null : traces);
            JSON.writeValue(state(temporary).toFile(), file);
            if (isSame(target, temporary)) {
                if (announced && read(target).unannounced()) { // nobody else has read it
                    DurableFiles.write(state(target), JSON.writeValueAsBytes(file));
                }
                return read(target);
            }
            if (Files.exists(target)) {
                delete(target);
            }
            DurableFiles.publishFolder(temporary, target);
            forgetWhatOnlyResumesNeeded(target);
            return saved(target, file);
        } finally {
            DurableFiles.deleteTree(temporary);
        }
    }

    private static boolean isSame(Path there, Path written) throws IOException {
        Path weights = CheckpointFiles.weights(written);
        return isSameFile(there.resolve(written.relativize(weights)), weights)
                && isSameFile(optimizerState(there), optimizerState(written));
    }

    private static boolean isSameFile(Path there, Path written) throws IOException {
        return Files.exists(there) && Files.mismatch(there, written) < 0;
    }

    private void forgetWhatOnlyResumesNeeded(Path newest) throws IOException {
        for (Path checkpoint : newestFirst()) {
            if (step(checkpoint) < step(newest)) {
                if (read(checkpoint).unannounced()) {
                    delete(checkpoint);
                } else {
                    Files.deleteIfExists(optimizerState(checkpoint));
                }
            }
        }
    }

    /** Those there are, newest first. One whose state cannot be read is left out. */
    public List<SavedCheckpoint> all() throws IOException {
        List<SavedCheckpoint> all = new ArrayList<>();
        for (Path checkpoint : newestFirst()) {
            if (Files.exists(state(checkpoint))) {
                all.add(read(checkpoint));
            }
        }
        return all;
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
        delete(checkpoint.folder());
    }

    private static void delete(Path checkpoint) throws IOException {
        Path going = DurableFiles.temporaryFor(checkpoint);
        Files.move(checkpoint, going, StandardCopyOption.ATOMIC_MOVE);
        DurableFiles.deleteTree(going);
    }

    private List<Path> newestFirst() throws IOException {
        return DurableFiles.children(folder).stream()
                .filter(path -> NAME.matcher(path.getFileName().toString()).matches())
                .sorted(Comparator.comparingInt(CheckpointStore::step).reversed())
                .toList();
    }

    private static int step(Path checkpoint) {
        return Integer.parseInt(checkpoint.getFileName().toString().substring("step-".length()));
    }

    private static SavedCheckpoint read(Path checkpoint) throws IOException {
        return saved(checkpoint, JSON.readValue(state(checkpoint).toFile(), StateFile.class));
    }

    private static SavedCheckpoint saved(Path checkpoint, StateFile file) {
        return new SavedCheckpoint(
                checkpoint,
                file.state(),
                file.digest(),
                file.createdAt(),
                Boolean.TRUE.equals(file.unannounced()),
                file.traces() == null ? List.of() : file.traces());
    }

    /**
     * What state.json says.
     *
     * @param optimizerBytes how large the optimizer's state is; null in files of the first version
     * @param unannounced whether it is for nobody but whoever takes the run up again; null for no
     * @param traces those that led to it; null for none
     */
    private record StateFile(
            TrainingState state,
            String digest,
            Instant createdAt,
            Long optimizerBytes,
            Boolean unannounced,
            List<Map<String, String>> traces) {}
}
