package dev.apprentice.trainer.checkpoint;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.apprentice.contracts.Json;
import dev.apprentice.service.files.DurableFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
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
 * optimizer state; nobody else needs the older ones', and it is twice as large as the weights.
 */
public final class CheckpointStore {

    /** A file's name in Hugging Face layout. */
    public static final String WEIGHTS = "model.safetensors";

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
                SavedCheckpoint saved = read(candidate);
                if (Sha256.of(candidate.resolve(WEIGHTS)).equals(saved.digest())) {
                    return Optional.of(saved);
                }
                LOG.warnf("the weights in %s are not those that were written there; it is passed over", candidate);
            }
        }
        return Optional.empty();
    }

    /**
     * Writes a checkpoint durably. One of the same step and the same weights is left as it is: somebody may be reading it.
     *
     * @throws IOException if the disk does not take it; nothing of it is left then, and older ones are untouched
     */
    public SavedCheckpoint save(TrainingState state, CheckpointContents contents) throws IOException {
        Path target = folder.resolve(String.format("step-%06d", state.step()));
        Path temporary = DurableFiles.temporaryFor(target);
        try {
            Files.createDirectories(optimizerState(temporary).getParent());
            contents.write(temporary, optimizerState(temporary));
            SavedCheckpoint saved = new SavedCheckpoint(
                    target,
                    state,
                    Sha256.of(temporary.resolve(WEIGHTS)),
                    clock.instant().truncatedTo(ChronoUnit.MILLIS));
            JSON.writeValue(state(temporary).toFile(), new StateFile(state, saved.digest(), saved.createdAt()));
            if (isSame(target, temporary)) {
                return read(target);
            }
            DurableFiles.deleteTree(target);
            DurableFiles.publishFolder(temporary, target);
            dropOlderOptimizerStates(target);
            return saved;
        } finally {
            DurableFiles.deleteTree(temporary);
        }
    }

    private static boolean isSame(Path there, Path written) throws IOException {
        return isSameFile(there.resolve(WEIGHTS), written.resolve(WEIGHTS))
                && isSameFile(optimizerState(there), optimizerState(written));
    }

    private static boolean isSameFile(Path there, Path written) throws IOException {
        return Files.exists(there) && Files.mismatch(there, written) < 0;
    }

    private void dropOlderOptimizerStates(Path newest) throws IOException {
        for (Path checkpoint : newestFirst()) {
            if (step(checkpoint) < step(newest)) {
                Files.deleteIfExists(optimizerState(checkpoint));
            }
        }
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
        StateFile file = JSON.readValue(state(checkpoint).toFile(), StateFile.class);
        return new SavedCheckpoint(checkpoint, file.state(), file.digest(), file.createdAt());
    }

    /** What state.json says. */
    private record StateFile(TrainingState state, String digest, Instant createdAt) {}
}
