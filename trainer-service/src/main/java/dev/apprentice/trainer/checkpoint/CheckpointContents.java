package dev.apprentice.trainer.checkpoint;

import java.io.IOException;
import java.nio.file.Path;

/** Writes what a checkpoint holds, model.safetensors among it. */
@FunctionalInterface
public interface CheckpointContents {

    /**
     * @param folder empty; in Hugging Face layout afterwards
     * @param optimizerState the file to write the optimizer's state to
     */
    void write(Path folder, Path optimizerState) throws IOException;
}
