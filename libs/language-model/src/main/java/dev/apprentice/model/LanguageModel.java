package dev.apprentice.model;

import dev.apprentice.model.family.ModelLimits;
import dev.apprentice.model.family.Weight;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.folder.SavedConfiguration;
import dev.apprentice.model.folder.TextBorders;
import dev.apprentice.model.generation.Generated;
import dev.apprentice.model.generation.GenerationRequest;
import dev.apprentice.model.generation.GenerationSettings;
import dev.apprentice.model.generation.Generator;
import dev.apprentice.model.generation.TokenListener;
import dev.apprentice.model.lora.AdapterFolder;
import dev.apprentice.model.lora.LoraAdapter;
import dev.apprentice.model.lora.LoraSettings;
import dev.apprentice.model.network.AnsweringNetwork;
import dev.apprentice.model.network.Network;
import dev.apprentice.model.network.Target;
import dev.apprentice.model.network.TrainableNetwork;
import dev.apprentice.model.torchscript.OutOfMemory;
import dev.apprentice.model.training.Loss;
import dev.apprentice.model.training.LossSum;
import dev.apprentice.model.training.UnsavedTensors;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** A causal language model in memory, with the LoRA adapter beside its weights if there is one. Not thread-safe. */
public final class LanguageModel implements AutoCloseable {

    /** Metadata of a safetensors file that says which framework's names the tensors have. */
    private static final Map<String, String> PYTORCH = Map.of("format", "pt");

    private final Network network;
    private final ModelFolder base;

    private LanguageModel(Network network, ModelFolder base) {
        this.network = network;
        this.base = base;
    }

    /** Loads a model on the CPU for training. */
    public static LanguageModel load(ModelFolder folder) {
        return load(folder, Device.CPU);
    }

    /**
     * Loads a model for training. If the folder holds an adapter, as {@link #saveAdapter} writes it, it is put beside the weights.
     *
     * @throws ModelException if the weights are missing or do not match config.json, there is no such device, or its memory is too
     *     small for them
     */
    public static LanguageModel load(ModelFolder folder, Device device) {
        return load(folder, device, Target.of(device));
    }

    /** Loads a model with the program for another kind of device, to test or measure a graphics card's program on a processor. */
    public static LanguageModel load(ModelFolder folder, Device device, Target target) {
        ModelFolder base = folder.base().orElse(folder);
        ModelLimits.requireRoom(base.architecture(), base.path(), device, Precision.FLOAT32);
        LanguageModel model = inMemory(base, () -> new LanguageModel(TrainableNetwork.load(base, device, target), base));
        return orClosed(model, () -> {
            if (AdapterFolder.isAt(folder.path())) {
                model.loadAdapter(folder.path());
            }
        });
    }

    private static <T> T inMemory(ModelFolder base, Supplier<T> loading) {
        return OutOfMemory.named(
                () -> "the model in " + base.path(),
                "choose a smaller model, or free memory that other models and programs use",
                loading);
    }

    private static LanguageModel orClosed(LanguageModel model, Runnable completion) {
        try {
            return inMemory(model.base, () -> {
                completion.run();
                return model;
            });
        } catch (RuntimeException e) {
            model.close();
            throw e;
        }
    }

    /** Loads a model on the CPU for answering. */
    public static LanguageModel load(ModelFolder folder, Precision precision) {
        return load(folder, Device.CPU, precision);
    }

    /**
     * Loads a model for answering. It answers faster, but can be neither trained nor saved. In bfloat16 it takes half the memory
     * and is about twice as fast.
     */
    public static LanguageModel load(ModelFolder folder, Device device, Precision precision) {
        ModelFolder base = folder.base().orElse(folder);
        ModelLimits.requireRoom(base.architecture(), base.path(), device, precision);
        return inMemory(base, () -> new LanguageModel(
                AnsweringNetwork.load(base, device, precision, manager -> AdapterFolder.isAt(folder.path())
                        ? Optional.of(AdapterFolder.read(folder.path(), base.architecture(), manager))
                        : Optional.empty()),
                base));
    }

    /** Creates a model with random weights on the CPU. */
    public static LanguageModel initialise(ModelFolder folder, long seed) {
        return initialise(folder, seed, Device.CPU);
    }

    /** Creates a model with random weights, drawn as the family's paper does. Equal seeds give equal weights. */
    public static LanguageModel initialise(ModelFolder folder, long seed, Device device) {
        ModelLimits.requireRoom(folder.architecture(), folder.path(), device, Precision.FLOAT32);
        return inMemory(folder, () -> new LanguageModel(TrainableNetwork.initialise(folder, seed, device), folder));
    }

    public ModelConfiguration configuration() {
        return network.architecture().configuration();
    }

    /** Returns the tokens that stand before and after a text that the model reads. */
    public TextBorders borders() {
        return base.borders();
    }

    /** Returns the number of elements of all weights. A head tied to the embedding counts once; adapters do not count. */
    public long parameterCount() {
        return network.architecture().weights().stream().mapToLong(Weight::elements).sum();
    }

    /** Returns the logits for the token after these. */
    public float[] logits(int[] ids) {
        return new Generator(network).logits(ids);
    }

    /** Returns the loss on a batch, without learning from it. */
    public LossSum loss(TokenBatch batch) {
        return new Loss(network).of(batch);
    }

    /**
     * Continues each prompt independently of the others; the results have the prompts' order. The number of prompts may change the
     * last digits of a logit, in bfloat16 its third. This may decide between tokens whose logits are that close.
     *
     * @throws ModelException if a prompt is empty, leaves no room in the context, or has an id outside the vocabulary
     */
    public List<Generated> generate(List<int[]> prompts, GenerationSettings settings) {
        return generate(
                prompts.stream().map(prompt -> new GenerationRequest(prompt, settings)).toList(), TokenListener.NONE);
    }

    /** Continues prompts, each with its own settings, and reports each token to the listener. */
    public List<Generated> generate(List<GenerationRequest> requests, TokenListener listener) {
        return new Generator(network).generate(requests, listener);
    }

    /**
     * Puts a new LoRA adapter beside the weights, which changes nothing yet. An existing adapter with equal settings stays.
     *
     * @throws ModelException if a target is not in the model, or another adapter is there already
     */
    public void adapt(LoraSettings settings) {
        if (network.adapter().isEmpty()) {
            network.trainable().adapt(manager -> LoraAdapter.draw(network.architecture(), settings, manager));
        } else if (!network.adapter().get().isAsIn(settings, network.architecture())) {
            throw new ModelException("the model already has an adapter with other settings: it has "
                    + network.adapter().get().settings() + ", but " + settings + " are requested; merge it first, or use its settings");
        }
    }

    /**
     * Puts the adapter of a folder in PEFT's layout beside the weights and removes the earlier one, if any.
     *
     * @throws ModelException if the folder has no adapter, or the adapter's kind is not supported or does not fit the model
     */
    public void loadAdapter(Path folder) {
        network.trainable().adapt(manager -> AdapterFolder.read(folder, network.architecture(), manager));
    }

    /** Merges the adapter's change into the weights, which then answer faster. Does nothing without an adapter. */
    public void mergeAdapter() {
        if (isAdapted()) {
            network.trainable().mergeAdapter();
        }
    }

    /** Tells whether there is an adapter beside the weights. */
    public boolean isAdapted() {
        return network.adapter().isPresent();
    }

    /** @throws ModelException if there is an adapter beside the weights */
    public void requireUnadapted() {
        if (isAdapted()) {
            throw new ModelException("the model has an adapter beside its weights, and can be tuned with LoRA only;"
                    + " merge the adapter first to tune all weights");
        }
    }

    /**
     * Writes the model in Hugging Face's layout, float32: config.json and model.safetensors, with the adapter, if any, merged. The
     * model itself does not change.
     */
    public void save(Path folder) {
        save(folder, weights());
    }

    /** Saves the {@link #weights} of this moment or of an earlier one. */
    public void save(Path folder, UnsavedTensors weights) {
        SavedConfiguration.write(base, folder);
        weights.write(folder.resolve(ModelFolder.WEIGHTS));
    }

    /** Returns what {@link #save} writes to model.safetensors. */
    public UnsavedTensors weights() {
        return new UnsavedTensors(network.trainable().merged(), PYTORCH);
    }

    /**
     * Writes only the adapter, in PEFT's layout: adapter_config.json, which names the base model, and adapter_model.safetensors.
     *
     * @throws ModelException if there is no adapter, or the files cannot be written
     */
    public void saveAdapter(Path folder) {
        saveAdapter(folder, adapterWeights());
    }

    /** Saves the {@link #adapterWeights} of this moment or of an earlier one. */
    public void saveAdapter(Path folder, UnsavedTensors weights) {
        AdapterFolder.writeConfiguration(folder, adapter(), base.path(), network.architecture());
        weights.write(folder.resolve(AdapterFolder.WEIGHTS));
    }

    /** Returns what {@link #saveAdapter} writes to adapter_model.safetensors. */
    public UnsavedTensors adapterWeights() {
        return new UnsavedTensors(AdapterFolder.tensors(adapter()), PYTORCH);
    }

    private LoraAdapter adapter() {
        return network.adapter()
                .orElseThrow(() -> new ModelException("the model has no adapter to save"));
    }

    /** Returns the network that training works on. For the parts of this library only, not for its users. */
    public Network network() {
        return network;
    }

    @Override
    public void close() {
        network.close();
    }
}
