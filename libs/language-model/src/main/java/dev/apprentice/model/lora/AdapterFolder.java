package dev.apprentice.model.lora;

import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.family.Architecture;
import dev.apprentice.model.file.FromParts;
import dev.apprentice.model.file.TensorEntry;
import dev.apprentice.model.hub.HubReference;
import dev.apprentice.model.hub.ModelLocation;
import dev.apprentice.model.json.JsonFile;
import dev.apprentice.model.network.HalfPrecision;
import dev.apprentice.model.safetensors.SafetensorsFile;
import dev.apprentice.model.safetensors.SafetensorsType;
import dev.apprentice.model.safetensors.TensorData;
import dev.apprentice.model.torchscript.HostMemory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * An adapter on disk in PEFT's layout, which {@code PeftModel.from_pretrained} opens: adapter_config.json and
 * adapter_model.safetensors.
 */
public final class AdapterFolder {

    public static final String CONFIGURATION = "adapter_config.json";
    public static final String WEIGHTS = "adapter_model.safetensors";

    private static final String PICKLED = "adapter_model.bin";

    static final String BASE = "base_model_name_or_path";
    static final String REVISION = "revision";

    /** The prefix of the names in PEFT's files, which come from wrapping the model twice. */
    private static final String PREFIX = "base_model.model.";

    private AdapterFolder() {}

    /** @param base the folder of the adapter's base model; one in the hub's cache is written as its name on the hub */
    public static void writeConfiguration(Path folder, LoraAdapter adapter, Path base, Architecture architecture) {
        try {
            Files.createDirectories(folder);
            Files.writeString(
                    folder.resolve(CONFIGURATION),
                    AdapterConfiguration.write(adapter, base, architecture.inputByOutput()).toPrettyString() + "\n");
        } catch (IOException e) {
            throw new ModelException("the adapter's configuration cannot be written to " + folder + ": " + e, e);
        }
    }

    /** Returns the contents of the file of weights. */
    public static List<TensorData> tensors(LoraAdapter adapter) {
        return IntStream.range(0, adapter.names().size())
                .mapToObj(i -> new TensorData(
                        PREFIX + adapter.names().get(i),
                        SafetensorsType.F32,
                        adapter.tensors().get(i).getShape().getShape(),
                        HostMemory.pieces(adapter.tensors().get(i))))
                .toList();
    }

    /** Tells whether a folder holds an adapter. */
    public static boolean isAt(Path folder) {
        return Files.isRegularFile(folder.resolve(CONFIGURATION));
    }

    /**
     * Returns the folder of the adapter's base model, which may be a model on the hub.
     *
     * @param hub downloads a model of the hub, {@code hf:name@revision}, and returns its folder
     * @throws ModelException if there is no such model, or it has an adapter too
     */
    public static Path base(Path folder, Function<String, Path> hub) {
        Path base = find(folder, hub);
        if (isAt(base)) {
            throw new ModelException("the base model " + base + " of the adapter in " + folder + " is itself an adapter, which is not"
                    + " supported; merge that adapter into its model, and set '" + BASE + "' in " + CONFIGURATION + " to the merged model");
        }
        return base;
    }

    private static Path find(Path folder, Function<String, Path> hub) {
        JsonFile config = JsonFile.read(folder.resolve(CONFIGURATION));
        String base = config.text(BASE);
        if (ModelLocation.store().isIn(base)) {
            return stored(folder, base, config.field(REVISION).map(JsonNode::asText));
        }
        if (Files.isDirectory(Path.of(base))) {
            return Path.of(base);
        }
        String revision = config.field(REVISION).map(commit -> "@" + commit.asText()).orElse("");
        try {
            return hub.apply(HubReference.PREFIX + base + revision);
        } catch (ModelException e) {
            throw new ModelException("the base model '" + base + "' of the adapter in " + folder + " is no folder on this"
                    + " machine and cannot be downloaded from the hub (" + e.getMessage() + "); correct '" + BASE + "' in "
                    + CONFIGURATION + ", or merge the adapter into its model", e);
        }
    }

    private static Path stored(Path folder, String base, Optional<String> version) {
        Path there = ModelLocation.store().fetch(base);
        Optional<String> now = ModelLocation.store().version(there);
        if (version.isPresent() && !version.equals(now)) {
            throw new ModelException("the adapter in " + folder + " was trained on version " + version.get() + " of the model at " + base
                    + ", but " + now.map(other -> "version " + other).orElse("an unknown version") + " is there now; restore the old"
                    + " version, or correct '" + BASE + "' in " + CONFIGURATION + " and remove '" + REVISION + "'");
        }
        return there;
    }

    /** @throws ModelException naming the file and the part that does not fit the model */
    public static LoraAdapter read(Path folder, Architecture architecture, NDManager manager) {
        LoraSettings settings = AdapterConfiguration.read(JsonFile.read(folder.resolve(CONFIGURATION)));
        if (Files.exists(folder.resolve(PICKLED)) && !Files.exists(folder.resolve(WEIGHTS))) {
            throw new ModelException("the adapter in " + folder + " has only pickled weights (" + PICKLED + "), which can execute any"
                    + " code when opened; save it as " + WEIGHTS + " first (save_pretrained in PEFT does)");
        }
        try (SafetensorsFile file = SafetensorsFile.open(folder.resolve(WEIGHTS))) {
            LoraAdapter adapter = LoraAdapter.read(
                    architecture, settings, manager, (name, shape) -> contents(file, PREFIX + name, shape));
            Set<String> unused = new HashSet<>(file.entries().keySet());
            adapter.names().forEach(name -> unused.remove(PREFIX + name));
            if (!unused.isEmpty()) {
                adapter.close();
                throw new ModelException(file.path() + " has the tensor '" + unused.iterator().next()
                        + "', which no entry of target_modules in " + CONFIGURATION + " selects");
            }
            return adapter;
        }
    }

    private static FromParts contents(SafetensorsFile file, String name, long[] shape) {
        TensorEntry<SafetensorsType> entry = file.entries().get(name);
        if (entry == null) {
            throw new ModelException(file.path() + " lacks the tensor '" + name
                    + "'; the adapter belongs to another model, or the file is incomplete");
        }
        if (!Arrays.equals(entry.shape(), shape)) {
            throw new ModelException(file.path() + ": tensor '" + name + "' has the shape " + Arrays.toString(entry.shape())
                    + ", but rank and model require " + Arrays.toString(shape) + "; the adapter belongs to another model");
        }
        return HalfPrecision.widened(file.parts(name), entry, file.path());
    }
}
