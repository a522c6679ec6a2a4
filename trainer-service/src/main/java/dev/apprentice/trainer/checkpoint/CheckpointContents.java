package dev.apprentice.trainer.checkpoint;

import java.io.IOException;
import java.nio.file.Path;

/** Writes what a checkpoint holds, model.safetensors among it. */
@FunctionalInterface
public interface CheckpointContents extends AutoCloseable {

    /**
     * @param folder empty; in Hugging Face layout afterwards
     * @param optimizerState the file to write the optimizer's state to
     */
    void write(Path folder, Path optimizerState) throws IOException;

    /** These contents as they are now, also where the model changes before they are written. To be closed, too. */
    default CheckpointContents held() {
        return this;
    }

    /** Bytes of tensors, which is about what holding them takes. */
    default long bytes() {
        return 0;
    }

    /** Frees what was held. */
    @Override
    default void close() {}
}
