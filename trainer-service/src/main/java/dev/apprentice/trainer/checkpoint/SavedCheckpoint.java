package dev.apprentice.trainer.checkpoint;

import dev.apprentice.contracts.event.Checkpoint;
import dev.apprentice.service.storage.StorageUri;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * A complete checkpoint.
 *
 * @param folder the local folder in Hugging Face layout, with a sub-folder {@code trainer} for the trainer's own files. For a
 *     checkpoint that exists only in the object store, the folder where it would be fetched to
 * @param uri the address under which other services find it
 * @param state how far the run had come
 * @param digest {@code sha256:} and the hexadecimal digest of its {@link dev.apprentice.model.folder.CheckpointFiles#weights}
 * @param createdAt when it was written
 * @param unannounced whether it serves only to resume the run
 * @param traces the traces of the batches learned since the previous announced checkpoint, each as its trace headers. They are
 *     kept here because the checkpoint may be announced only after a crash
 */
public record SavedCheckpoint(
        Path folder,
        String uri,
        TrainingState state,
        String digest,
        Instant createdAt,
        boolean unannounced,
        List<Map<String, String>> traces) {

    /** Returns the file with the optimizer's state. */
    public Path optimizerState() {
        return new StepFolder(folder).optimizerState();
    }

    /** Returns its place for messages: the address in the object store, or the local folder. */
    public String place() {
        return StorageUri.isOne(uri) ? uri : folder.toString();
    }

    /** Returns the event that announces it. */
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
