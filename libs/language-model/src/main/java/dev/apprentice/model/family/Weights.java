package dev.apprentice.model.family;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.folder.ModelWeights;
import dev.apprentice.model.safetensors.SafetensorsType;
import dev.apprentice.model.safetensors.SafetensorsWriter;
import dev.apprentice.model.safetensors.TensorData;
import dev.apprentice.model.safetensors.TensorEntry;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** A model's weights in memory, float32, in the order of {@link Architecture#weights()}. */
public final class Weights {

    private final Architecture architecture;
    private final List<NDArray> tensors;

    private Weights(Architecture architecture, List<NDArray> tensors) {
        this.architecture = architecture;
        this.tensors = tensors;
    }

    /**
     * Reads them; float16 and bfloat16 are widened.
     *
     * @throws ModelException if one is missing or has another shape than config.json says
     */
    static Weights read(Architecture architecture, ModelFolder folder, NDManager manager) {
        List<NDArray> tensors = new ArrayList<>();
        try (ModelWeights file = folder.weights()) {
            for (Weight weight : architecture.weights()) {
                TensorEntry entry = find(file, weight, architecture.prefix(), folder.path());
                requireShape(entry, weight, folder.path());
                NDArray tensor = manager.create(new Shape(entry.shape()), DataType.FLOAT32);
                copy(file.data(entry.name()), entry, tensor.toByteBuffer(true), folder.path());
                tensors.add(tensor);
            }
        }
        return new Weights(architecture, List.copyOf(tensors));
    }

    /** Some files leave out the prefix that the others have. */
    private static TensorEntry find(ModelWeights file, Weight weight, String prefix, Path folder) {
        TensorEntry entry = file.entries().get(weight.name());
        if (entry == null && weight.name().startsWith(prefix)) {
            entry = file.entries().get(weight.name().substring(prefix.length()));
        }
        if (entry == null) {
            throw new ModelException("the weights in " + folder + " lack the tensor '" + weight.name()
                    + "'; config.json and weights do not belong together, or the file is incomplete");
        }
        return entry;
    }

    private static void requireShape(TensorEntry entry, Weight weight, Path folder) {
        if (!Arrays.equals(entry.shape(), weight.dimensions())) {
            throw new ModelException("the tensor '" + entry.name() + "' in " + folder + " has the shape "
                    + Arrays.toString(entry.shape()) + ", but config.json asks for " + weight.shape());
        }
    }

    private static void copy(ByteBuffer data, TensorEntry entry, ByteBuffer into, Path folder) {
        switch (entry.type()) {
            case F32 -> into.put(data);
            case F16 -> HalfPrecision.widenFloat16(data.asShortBuffer(), into.asFloatBuffer());
            case BF16 -> HalfPrecision.widenBfloat16(data.asShortBuffer(), into.asFloatBuffer());
            default -> throw new ModelException("the tensor '" + entry.name() + "' in " + folder + " is of type "
                    + entry.type() + "; weights are F32, F16 or BF16");
        }
    }

    /** Draws them as the family's paper does. Each weight has a random stream of its own, made of the seed and its name. */
    static Weights draw(Architecture architecture, long seed, NDManager manager) {
        List<NDArray> tensors = architecture.weights().stream()
                .map(weight -> manager.create(new Shape(weight.dimensions()), DataType.FLOAT32))
                .toList();
        IntStream.range(0, tensors.size()).parallel().forEach(i -> draw(
                architecture.weights().get(i), seed, tensors.get(i).toByteBuffer(true).asFloatBuffer()));
        return new Weights(architecture, tensors);
    }

    private static void draw(Weight weight, long seed, FloatBuffer elements) {
        if (weight.initial() instanceof Weight.Initial.Constant constant) {
            while (elements.hasRemaining()) {
                elements.put(constant.value());
            }
        } else if (weight.initial() instanceof Weight.Initial.Normal normal) {
            Random random = new Random(seed * 31 + weight.name().hashCode());
            while (elements.hasRemaining()) {
                elements.put((float) (normal.deviation() * random.nextGaussian()));
            }
        }
    }

    /** Writes them as float32 under their published names. */
    public void write(Path file) {
        SafetensorsWriter.write(file, named("", tensors), Map.of("format", "pt"));
    }

    /** Tensors that go with the weights one to one, to be written under the weights' names behind a prefix. */
    public List<TensorData> named(String prefix, List<NDArray> companions) {
        return IntStream.range(0, companions.size())
                .mapToObj(i -> new TensorData(
                        prefix + architecture.weights().get(i).name(),
                        SafetensorsType.F32,
                        architecture.weights().get(i).dimensions(),
                        () -> bytes(companions.get(i))))
                .toList();
    }

    private static ByteBuffer bytes(NDArray tensor) {
        return tensor.toByteBuffer(true);
    }

    public List<NDArray> tensors() {
        return tensors;
    }
}
