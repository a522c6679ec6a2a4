package dev.apprentice.model;

import dev.apprentice.model.family.Network;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.generation.Generated;
import dev.apprentice.model.generation.GenerationRequest;
import dev.apprentice.model.generation.GenerationSettings;
import dev.apprentice.model.generation.Generator;
import dev.apprentice.model.generation.TokenListener;
import dev.apprentice.model.json.JsonFile;
import dev.apprentice.model.training.Loss;
import dev.apprentice.model.training.LossSum;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A causal language model in memory. Not safe for use by several threads at once. */
public final class LanguageModel implements AutoCloseable {

    private final Network network;
    private final JsonFile config;

    private LanguageModel(Network network, ModelFolder folder) {
        this.network = network;
        this.config = folder.configurationFile();
    }

    /** @throws ModelException if the weights are missing, or are not those that config.json describes */
    public static LanguageModel load(ModelFolder folder) {
        return new LanguageModel(Network.load(folder), folder);
    }

    /** The same, multiplying matrices in the given precision. */
    public static LanguageModel load(ModelFolder folder, Precision precision) {
        LanguageModel model = load(folder);
        model.network.computeIn(precision);
        return model;
    }

    /** Random weights as the family's paper draws them; the same seed gives the same weights. */
    public static LanguageModel initialise(ModelFolder folder, long seed) {
        return new LanguageModel(Network.initialise(folder, seed), folder);
    }

    public ModelConfiguration configuration() {
        return network.architecture().configuration();
    }

    /** Logits for the token that would follow these. */
    public float[] logits(int[] ids) {
        return new Generator(network).logits(ids);
    }

    /** The loss, without learning from it. */
    public LossSum loss(TokenBatch batch) {
        return new Loss(network).of(batch);
    }

    /**
     * Continues each prompt; results in the order of the prompts, each as its prompt alone would be continued.
     *
     * @throws ModelException if a prompt is empty, leaves no room in the context, or has an id outside the vocabulary
     */
    public List<Generated> generate(List<int[]> prompts, GenerationSettings settings) {
        return generate(
                prompts.stream().map(prompt -> new GenerationRequest(prompt, settings)).toList(), TokenListener.NONE);
    }

    /** The same, each prompt with settings of its own, and token by token. */
    public List<Generated> generate(List<GenerationRequest> requests, TokenListener listener) {
        return new Generator(network).generate(requests, listener);
    }

    /** Writes model.safetensors and config.json in Hugging Face layout. */
    public void save(Path folder) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(ModelFolder.CONFIGURATION), config.json().toPrettyString());
        } catch (IOException e) {
            throw new ModelException("the model's configuration cannot be written to " + folder + ": " + e, e);
        }
        network.weights().write(folder.resolve(ModelFolder.WEIGHTS));
    }

    /** What training works on; not for use from outside this library. */
    public Network network() {
        return network;
    }

    @Override
    public void close() {
        network.close();
    }
}
