package dev.apprentice.trainer.checkpoint;

import java.io.IOException;
import java.nio.file.Path;

/** The contents of a checkpoint, model.safetensors included, which can be written to disk. */
@FunctionalInterface
public interface CheckpointContents extends AutoCloseable {

    /**
     * Writes the contents.
     *
     * @param folder an empty folder, which is in Hugging Face layout afterwards
     * @param optimizerState the file to write the optimizer's state to
     */
    void write(Path folder, Path optimizerState) throws IOException;

    /** Returns a snapshot of these contents, which stays as it is while the model changes. The caller closes it, too. */
    default CheckpointContents held() {
        return this;
    }

    /** Returns the size of the tensors in bytes, about as much memory as a snapshot takes. */
    default long bytes() {
        return 0;
    }

    /** Frees the snapshot's memory. */
    @Override
    default void close() {}
}
