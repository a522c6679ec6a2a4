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

/**
 * A causal language model in memory, and the LoRA adapter beside its weights where there is one. Not safe for use by several
 * threads at once.
 */
public final class LanguageModel implements AutoCloseable {

    /** Says which program's names the tensors have. */
    private static final Map<String, String> PYTORCH = Map.of("format", "pt");

    private final Network network;
    private final ModelFolder base;

    private LanguageModel(Network network, ModelFolder base) {
        this.network = network;
        this.base = base;
    }

    /** Loads a model on the CPU, to train. */
    public static LanguageModel load(ModelFolder folder) {
        return load(folder, Device.CPU);
    }

    /**
     * Where the folder has an adapter, as {@link #saveAdapter} writes it, that is put beside the weights.
     *
     * @throws ModelException if the weights are missing, or are not those that config.json describes, there is no such device,
     *     or its memory does not hold them
     */
    public static LanguageModel load(ModelFolder folder, Device device) {
        return load(folder, device, Target.of(device));
    }

    /** Loads it with the program for another kind of device, to test or to count on a processor what a graphics card does. */
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
                "choose a smaller model, or free some of the memory: other models and programs take of it, too",
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

    /** Loads a model on the CPU, to answer with. */
    public static LanguageModel load(ModelFolder folder, Precision precision) {
        return load(folder, Device.CPU, precision);
    }

    /**
     * Loads a model to answer with, which it does faster, but it can be neither trained nor written. In bfloat16 it takes half
     * the memory and is about twice as fast.
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

    /** Random weights on the CPU. */
    public static LanguageModel initialise(ModelFolder folder, long seed) {
        return initialise(folder, seed, Device.CPU);
    }

    /** Random weights as the family's paper draws them; the same seed gives the same weights. */
    public static LanguageModel initialise(ModelFolder folder, long seed, Device device) {
        ModelLimits.requireRoom(folder.architecture(), folder.path(), device, Precision.FLOAT32);
        return inMemory(folder, () -> new LanguageModel(TrainableNetwork.initialise(folder, seed, device), folder));
    }

    public ModelConfiguration configuration() {
        return network.architecture().configuration();
    }

    /** What stands before and behind a text that the model reads. */
    public TextBorders borders() {
        return base.borders();
    }

    /** Elements of all weights; a head that is tied to the embedding counts once, adapters do not count. */
    public long parameterCount() {
        return network.architecture().weights().stream().mapToLong(Weight::elements).sum();
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
     * Continues each prompt; results in the order of the prompts, each as its prompt alone would be continued. How many
     * prompts there are may change the last places of a logit, in bfloat16 its third digit: that decides between tokens whose
     * logits lie no further apart.
     *
     * @throws ModelException if a prompt is empty, leaves no room in the context, or has an id outside the vocabulary
     */
    public List<Generated> generate(List<int[]> prompts, GenerationSettings settings) {
        return generate(
                prompts.stream().map(prompt -> new GenerationRequest(prompt, settings)).toList(), TokenListener.NONE);
    }

    /** Each prompt with settings of its own, and token by token. */
    public List<Generated> generate(List<GenerationRequest> requests, TokenListener listener) {
        return new Generator(network).generate(requests, listener);
    }

    /**
     * Puts a LoRA adapter beside the weights: a fresh one that changes nothing yet. An adapter that is there already and is
     * as the settings say stays.
     *
     * @throws ModelException if a target is not in the model, or there is another adapter
     */
    public void adapt(LoraSettings settings) {
        if (network.adapter().isEmpty()) {
            network.trainable().adapt(manager -> LoraAdapter.draw(network.architecture(), settings, manager));
        } else if (!network.adapter().get().isAsIn(settings, network.architecture())) {
            throw new ModelException("the model has an adapter already, with " + network.adapter().get().settings()
                    + ", which is not as " + settings + " say; merge it first, or use its settings");
        }
    }

    /**
     * Puts the adapter of a folder in PEFT's layout beside the weights, in place of one that may be there.
     *
     * @throws ModelException if the folder has none, it is of a kind that is not supported, or it does not fit the model
     */
    public void loadAdapter(Path folder) {
        network.trainable().adapt(manager -> AdapterFolder.read(folder, network.architecture(), manager));
    }

    /** Makes the adapter's change part of the weights, which answers faster; without an adapter, nothing happens. */
    public void mergeAdapter() {
        if (isAdapted()) {
            network.trainable().mergeAdapter();
        }
    }

    /** Whether there is an adapter beside the weights. */
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
     * Writes the model in Hugging Face layout, float32: config.json and model.safetensors, with the adapter merged where
     * there is one. The model itself stays as it is.
     */
    public void save(Path folder) {
        save(folder, weights());
    }

    /** Saves {@link #weights} of this moment or of an earlier one. */
    public void save(Path folder, UnsavedTensors weights) {
        SavedConfiguration.write(base, folder);
        weights.write(folder.resolve(ModelFolder.WEIGHTS));
    }

    /** What {@link #save} writes to model.safetensors. */
    public UnsavedTensors weights() {
        return new UnsavedTensors(network.trainable().merged(), PYTORCH);
    }

    /**
     * Writes only the adapter in PEFT's layout: adapter_config.json, which names the base model, and
     * adapter_model.safetensors.
     *
     * @throws ModelException if there is no adapter, or the disk refuses
     */
    public void saveAdapter(Path folder) {
        saveAdapter(folder, adapterWeights());
    }

    /** Saves {@link #adapterWeights} of this moment or of an earlier one. */
    public void saveAdapter(Path folder, UnsavedTensors weights) {
        AdapterFolder.writeConfiguration(folder, adapter(), base.path(), network.architecture());
        weights.write(folder.resolve(AdapterFolder.WEIGHTS));
    }

    /** What {@link #saveAdapter} writes to adapter_model.safetensors. */
    public UnsavedTensors adapterWeights() {
        return new UnsavedTensors(AdapterFolder.tensors(adapter()), PYTORCH);
    }

    private LoraAdapter adapter() {
        return network.adapter()
                .orElseThrow(() -> new ModelException("the model has no adapter beside its weights that could be written"));
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
