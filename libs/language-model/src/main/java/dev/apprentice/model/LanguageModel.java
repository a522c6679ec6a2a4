package dev.apprentice.model;

import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.generation.Generated;
import dev.apprentice.model.generation.GenerationSettings;
import dev.apprentice.model.training.LossSum;
import java.nio.file.Path;
import java.util.List;

/** A causal language model in memory. Not safe for use by several threads at once. */
public final class LanguageModel implements AutoCloseable {

    public static LanguageModel load(ModelFolder folder) {
        throw new UnsupportedOperationException();
    }

    /** Random weights as the family's paper draws them; the same seed gives the same weights. */
    public static LanguageModel initialise(ModelFolder folder, long seed) {
        throw new UnsupportedOperationException();
    }

    public ModelConfiguration configuration() {
        throw new UnsupportedOperationException();
    }

    /** Logits for the token that would follow these. */
    public float[] logits(int[] ids) {
        throw new UnsupportedOperationException();
    }

    /** The loss, without learning from it. */
    public LossSum loss(TokenBatch batch) {
        throw new UnsupportedOperationException();
    }

    /** Continues each prompt greedily; results in the order of the prompts. A prompt needs at least 1 token and room in the context. */
    public List<Generated> generate(List<int[]> prompts, GenerationSettings settings) {
        throw new UnsupportedOperationException();
    }

    /** Writes model.safetensors and config.json in Hugging Face layout. */
    public void save(Path folder) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
