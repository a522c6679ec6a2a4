package dev.apprentice.contracts;

/**
 * Where a base model comes from.
 *
 * @param location a folder in Hugging Face layout (config.json, tokenizer.json, model.safetensors) that every service
 *     can reach under this path
 * @param start from the folder's weights, or from random ones (then config.json and tokenizer.json are enough)
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
