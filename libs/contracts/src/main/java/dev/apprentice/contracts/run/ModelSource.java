package dev.apprentice.contracts.run;

import dev.apprentice.contracts.Require;

/**
 * Where a base model comes from.
 *
 * @param location a folder in Hugging Face layout (config.json, tokenizer.json, model.safetensors) that every service
 *     can reach under this path; or {@code hf:organisation/name}, with {@code @revision} behind it if need be, a model on
 *     the Hugging Face hub that every service fetches into the cache of its machine
 * @param start from the model's weights, or from random ones (then config.json and tokenizer.json are enough of a folder)
 */
public record ModelSource(String location, Start start) {

    /** Which weights the first step sees. */
    public enum Start {
        PRETRAINED,
        RANDOM
    }

    public ModelSource {
        Require.text(location, "model.location");
        start = start == null ? Start.PRETRAINED : start;
    }
}
