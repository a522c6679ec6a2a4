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
     * Fresh ones, drawn as PEFT does: A as PyTorch draws linear layers, B zero, so that at first they change nothing. Each A
     * has a random stream of its own, made of the seed and its name.
     *
     * @throws dev.apprentice.model.ModelException if a target is no module of the model
     */
    public static LoraAdapter draw(Architecture architecture, LoraSettings settings, NDManager manager) {
        return new LoraAdapter(architecture, settings, manager, (name, shape) -> {
            Random random = new Random(settings.seed() * 31 + name.hashCode());
            // Kaiming's uniform rule with a = sqrt(5) comes to this
            double bound = name.contains(".lora_A.") ? 1 / Math.sqrt(shape[1]) : 0;
            return piece -> {
                while (piece.hasRemaining()) {
                    piece.putFloat((float) ((2 * random.nextDouble() - 1) * bound));
                }
            };
        });
    }

    /** Those that a source gives. */
    static LoraAdapter read(Architecture architecture, LoraSettings settings, NDManager manager, Source source) {
        return new LoraAdapter(architecture, settings, manager, source);
    }

    public LoraSettings settings() {
        return settings;
    }

    /** Whether these settings mean an adapter like this one; only their seeds may differ. */
    public boolean isAsIn(LoraSettings other, Architecture architecture) {
        return settings.rank() == other.rank()
                && settings.alpha() == other.alpha()
                && settings.dropout() == other.dropout()
                && matrices.equals(LoraTargets.find(architecture, other.targets()));
    }

    /** The names of the tensors, such as {@code transformer.h.0.attn.c_attn.lora_A.weight}. */
    public List<String> names() {
        return names;
    }

    /** A and B of each adapted matrix, in the order of the weights. */
    public List<NDArray> tensors() {
        return tensors;
    }

    /** Has others that hold the same numbers take their place. */
    public void move(List<NDArray> others) {
        tensors.forEach(NDArray::close);
        tensors.clear();
        tensors.addAll(others);
    }

    /** Names of the adapted modules. */
    List<String> modules() {
        return matrices.stream().map(AdaptedMatrix::module).toList();
    }

    public boolean adapts(int weight) {
        return matrices.stream().anyMatch(matrix -> matrix.index() == weight);
    }

    /**
     * The figures that the program asks for. {@code adapters} has for each weight, and for the end of the weights, where
     * behind the weights the tensors of the next adapter begin: weight j has one if that differs between j and j + 1.
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

    /** Where the tensors' values come from. */
    interface Source {
        /** Fills the pieces of a tensor in their order, float32, little endian. */
        Consumer<ByteBuffer> contents(String name, long[] shape);
    }
}
