package dev.apprentice.trainer.checkpoint;

import dev.apprentice.contracts.event.Checkpoint;
import dev.apprentice.service.storage.StorageUri;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A checkpoint that lies on disk in full.
 *
 * @param folder in Hugging Face layout, with a sub-folder {@code trainer} of the trainer's own
 * @param uri where others find it
 * @param state how far the run had come
 * @param digest {@code sha256:} and the hexadecimal digest of its {@link CheckpointFiles#weights}
 * @param createdAt when it was written
 * @param unannounced whether it is for nothing but resuming the run
 * @param traces those that led to it since the checkpoint announced before, each as the headers that carry it: announced
 *     after a crash, it belongs to them still
 */
public record SavedCheckpoint(
        Path folder,
        String uri,
        TrainingState state,
        String digest,
        Instant createdAt,
        boolean unannounced,
        List<Map<String, String>> traces) {

    /** Where the optimizer's state lies. */
    public Path optimizerState() {
        return new StepFolder(folder).optimizerState();
    }

    /** Where it lies, for people. */
    public String place() {
        return StorageUri.isOne(uri) ? uri : folder.toString();
    }

    /** The event that announces it. */
    public Checkpoint announcement(String run, String promptStyle) {
        return new Checkpoint(
                run,
                state.step(),
                state.epoch(),
                state.last(),
                uri,
                digest,
                state.trainLoss(),
                state.validationLoss(),
                state.tokensSeen(),
                state.nextOffset(),
                promptStyle,
                createdAt);
    }
}
