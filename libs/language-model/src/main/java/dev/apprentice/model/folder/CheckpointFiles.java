package dev.apprentice.model.folder;

import dev.apprentice.model.lora.AdapterFolder;
import java.nio.file.Files;
import java.nio.file.Path;

/** The layout of a checkpoint's folder. */
public final class CheckpointFiles {

    private static final String ADAPTER_FOLDER = "adapter";

    private CheckpointFiles() {}

    /**
     * Returns the file of weights whose digest the checkpoint records: the model's, or the adapter's if the folder holds only an
     * adapter. If neither exists, returns where the model's would be.
     */
    public static Path weights(Path checkpoint) {
        Path model = checkpoint.resolve(ModelFolder.WEIGHTS);
        Path adapter = checkpoint.resolve(AdapterFolder.WEIGHTS);
        return !Files.exists(model) && Files.exists(adapter) ? adapter : model;
    }

    /**
     * Returns the folder of the adapter of a run with LoRA. This is the checkpoint's folder if it holds the adapter alone. Beside
     * merged weights it is a sub-folder, so that a program that opens the checkpoint does not apply the adapter a second time.
     *
     * @param merged whether the checkpoint holds merged weights
     */
    public static Path adapter(Path checkpoint, boolean merged) {
        return merged ? checkpoint.resolve(ADAPTER_FOLDER) : checkpoint;
    }
}
