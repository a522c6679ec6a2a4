package dev.apprentice.model.lora;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.apprentice.model.family.Architecture;
import dev.apprentice.model.torchscript.HostMemory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;

/** The matrices A [rank, inputs] and B [outputs, rank] beside some of a model's frozen weights, in float32. */
public final class LoraAdapter implements AutoCloseable {

    private final LoraSettings settings;
    private final List<AdaptedMatrix> matrices;
    private final NDManager manager;
    private final List<String> names = new ArrayList<>();
    private final List<NDArray> tensors = new ArrayList<>();

    private LoraAdapter(Architecture architecture, LoraSettings settings, NDManager parent, Source source) {
        this.settings = settings;
        matrices = LoraTargets.find(architecture, settings.targets());
        manager = parent.newSubManager();
        try {
            for (AdaptedMatrix matrix : matrices) {
                add(matrix.module() + ".lora_A.weight", source, settings.rank(), matrix.inputs());
                add(matrix.module() + ".lora_B.weight", source, matrix.outputs(), settings.rank());
            }
        } catch (RuntimeException e) {
            manager.close();
            throw e;
        }
    }

    private void add(String name, Source source, long... shape) {
        names.add(name);
        tensors.add(HostMemory.newTensor(manager, shape, source.contents(name, shape)));
    }

    /**
     * Draws a new adapter as PEFT does: A like PyTorch's linear layers, B zero, so that it changes nothing at first. Each A has
     * its own random stream, seeded with the seed and its name.
     *
     * @throws dev.apprentice.model.ModelException if a target is no module of the model
     */
    public static LoraAdapter draw(Architecture architecture, LoraSettings settings, NDManager manager) {
        return new LoraAdapter(architecture, settings, manager, (name, shape) -> {
            Random random = new Random(settings.seed() * 31 + name.hashCode());
            // Kaiming's uniform rule with a = sqrt(5) amounts to this bound
            double bound = name.contains(".lora_A.") ? 1 / Math.sqrt(shape[1]) : 0;
            return piece -> {
                while (piece.hasRemaining()) {
                    piece.putFloat((float) ((2 * random.nextDouble() - 1) * bound));
                }
            };
        });
    }

    /** Creates an adapter with values from a source. */
    static LoraAdapter read(Architecture architecture, LoraSettings settings, NDManager manager, Source source) {
        return new LoraAdapter(architecture, settings, manager, source);
    }

    public LoraSettings settings() {
        return settings;
    }

    /** Tells whether settings describe an adapter like this one; only the seeds may differ. */
    public boolean isAsIn(LoraSettings other, Architecture architecture) {
        return settings.rank() == other.rank()
                && settings.alpha() == other.alpha()
                && settings.dropout() == other.dropout()
                && matrices.equals(LoraTargets.find(architecture, other.targets()));
    }

    /** Returns the tensors' names, such as {@code transformer.h.0.attn.c_attn.lora_A.weight}. */
    public List<String> names() {
        return names;
    }

    /** Returns A and B of each adapted matrix, in the order of the weights. */
    public List<NDArray> tensors() {
        return tensors;
    }

    /** Replaces the tensors with others that hold equal values, and closes the old ones. */
    public void move(List<NDArray> others) {
        tensors.forEach(NDArray::close);
        tensors.clear();
        tensors.addAll(others);
    }

    /** Returns the names of the adapted modules. */
    List<String> modules() {
        return matrices.stream().map(AdaptedMatrix::module).toList();
    }

    public boolean adapts(int weight) {
        return matrices.stream().anyMatch(matrix -> matrix.index() == weight);
    }

    /**
     * Returns the constants for the program. The list {@code adapters} has an entry for each weight and one more at the end. Entry
     * j is the index of weight j's first adapter tensor, in the list of all weights followed by all adapter tensors. For a weight
     * without an adapter, it is the index of the next adapter's. So weight j has an adapter if entries j and j + 1 differ.
     */
    public Map<String, Object> constants(Architecture architecture) {
        List<Integer> places = new ArrayList<>();
        int place = architecture.weights().size();
        for (int weight = 0; weight <= architecture.weights().size(); weight++) {
            places.add(place);
            place += adapts(weight) ? 2 : 0;
        }
        return Map.of("adapters", places, "adapter_scale", settings.scale(), "adapter_dropout", settings.dropout());
    }

    @Override
    public void close() {
        manager.close();
    }

    /** Provides the tensors' values. */
    interface Source {
        /** Returns a function that fills the pieces of a tensor in order, float32, little endian. */
        Consumer<ByteBuffer> contents(String name, long[] shape);
    }
}
