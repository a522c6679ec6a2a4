package dev.apprentice.contracts.run;

import dev.apprentice.contracts.Require;

/**
 * Where a run's base model comes from.
 *
 * @param location a folder in Hugging Face layout (config.json, tokenizer.json, model.safetensors) that every service can read
 *     under this path; or {@code hf:organisation/name}, optionally followed by {@code @revision}: a model on the Hugging Face hub,
 *     which every service downloads into its machine's cache
 * @param start whether to start from the model's weights or from random ones, for which config.json and tokenizer.json suffice
 */
public record ModelSource(String location, Start start) {

    /** The weights before the first step. */
    public enum Start {
        PRETRAINED,
        RANDOM
    }

    public ModelSource {
        Require.text(location, "model.location");
        start = start == null ? Start.PRETRAINED : start;
    }
}
