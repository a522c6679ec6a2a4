package dev.apprentice.model.folder;

import dev.apprentice.model.lora.AdapterFolder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where in a checkpoint's folder what lies. */
public final class CheckpointFiles {

    private static final String ADAPTER_FOLDER = "adapter";

    private CheckpointFiles() {}

    /**
     * The weights that the checkpoint's digest is of: all of them, or where the folder holds an adapter alone, that. Where there is
     * neither, where all of them would lie.
     */
    public static Path weights(Path checkpoint) {
        Path model = checkpoint.resolve(ModelFolder.WEIGHTS);
        Path adapter = checkpoint.resolve(AdapterFolder.WEIGHTS);
        return !Files.exists(model) && Files.exists(adapter) ? adapter : model;
    }

    /**
     * Where the adapter of a run with LoRA lies: in the folder itself where it holds the adapter alone, and in one below it
     * where it holds merged weights, so that a program that opens the folder does not apply the adapter a second time.
     *
     * @param merged whether the checkpoint holds merged weights
     */
    public static Path adapter(Path checkpoint, boolean merged) {
        return merged ? checkpoint.resolve(ADAPTER_FOLDER) : checkpoint;
    }
}
