package dev.apprentice.model.lora;

import dev.apprentice.model.LanguageModel;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.folder.ModelFolder;
import java.nio.file.Path;

/** Merges an adapter and its base model into one model. */
public final class AdapterMerge {

    private AdapterMerge() {}

    /**
     * Writes the model with the adapter's change merged into its weights, float32, and the tokenizer. The folder is complete by
     * itself.
     *
     * @param adapted a folder with an adapter
     * @param into the target folder, which holds nothing else
     * @throws ModelException if there is no adapter, its base model cannot be found, or the files cannot be written
     */
    public static void write(ModelFolder adapted, Path into) {
        if (!AdapterFolder.isAt(adapted.path())) {
            throw new ModelException("the model in " + adapted.path() + " has no adapter to merge (" + AdapterFolder.CONFIGURATION
                    + "): it is a complete model, so use it unchanged");
        }
        try (LanguageModel model = LanguageModel.load(adapted)) {
            model.save(into);
        }
        adapted.copyTokenizerFiles(into);
    }
}
