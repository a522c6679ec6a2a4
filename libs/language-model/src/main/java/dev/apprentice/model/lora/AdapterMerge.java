package dev.apprentice.model.lora;

import dev.apprentice.model.LanguageModel;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.folder.ModelFolder;
import java.nio.file.Path;

/** Makes one model of an adapter and the model that it belongs to. */
public final class AdapterMerge {

    private AdapterMerge() {}

    /**
     * Writes the model with the adapter's change in its weights, float32, and the tokenizer: a folder that needs no other.
     *
     * @param adapted a folder with an adapter
     * @param into a folder of its own
     * @throws ModelException if there is no adapter, the model that it belongs to cannot be had, or the disk refuses
     */
    public static void write(ModelFolder adapted, Path into) {
        if (!AdapterFolder.isAt(adapted.path())) {
            throw new ModelException("the model in " + adapted.path() + " has no adapter to merge (" + AdapterFolder.CONFIGURATION
                    + "): its weights are whole, use it as it is");
        }
        try (LanguageModel model = LanguageModel.load(adapted)) {
            model.save(into);
        }
        adapted.copyTokenizerFiles(into);
    }
}
