package dev.apprentice.model.folder;

import dev.apprentice.model.ModelConfiguration;
import dev.apprentice.model.tokenizer.Tokenizer;
import java.nio.file.Path;

/**
 * A model in Hugging Face layout on disk: config.json, tokenizer.json and, unless it starts from random weights,
 * model.safetensors (or its shards with an index).
 */
public final class ModelFolder {

    /**
     * Reads and checks config.json and tokenizer.json.
     *
     * @throws dev.apprentice.model.ModelException naming the missing file, the unsupported model_type, or the vocabulary
     *     that does not fit the tokenizer
     */
    public static ModelFolder open(Path folder) {
        throw new UnsupportedOperationException();
    }

    public Path path() {
        throw new UnsupportedOperationException();
    }

    public ModelConfiguration configuration() {
        throw new UnsupportedOperationException();
    }

    /** A new tokenizer, to be closed by the caller. */
    public Tokenizer tokenizer() {
        throw new UnsupportedOperationException();
    }

    /** @throws dev.apprentice.model.ModelException if there are no safetensors weights (a pickled checkpoint is refused with the reason) */
    public void requireWeights() {
        throw new UnsupportedOperationException();
    }
}
