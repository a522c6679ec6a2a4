package dev.apprentice.model.network;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.family.Architecture;
import dev.apprentice.model.family.Weight;
import dev.apprentice.model.file.TensorEntry;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.folder.ModelWeights;
import dev.apprentice.model.safetensors.SafetensorsType;
import dev.apprentice.model.torchscript.HostMemory;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;

/** A model's weights in float32, read from its files or drawn at random. */
public final class Weights {

    private Weights() {}

    /**
     * Reads the weights; float16 and bfloat16 are widened.
     *
     * @return in the order of {@link Architecture#weights()}
     * @throws ModelException if one is missing or its shape differs from what config.json says
     */
    static List<NDArray> read(Architecture architecture, ModelFolder folder, NDManager manager) {
        try (ModelWeights file = folder.weights()) {
            return architecture.weights().stream()
                    .map(weight -> HostMemory.newTensor(
                            manager, weight.dimensions(), contents(file, weight, architecture.prefix(), folder.path())))
                    .toList();
        }
    }

    /**
     * Returns a function that fills buffers of any size with a weight's elements, one after the other.
     *
     * @throws ModelException as {@link #find} does
     */
    static Consumer<ByteBuffer> contents(ModelWeights file, Weight weight, String prefix, Path folder) {
        TensorEntry<SafetensorsType> entry = find(file, weight, prefix, folder);
        return HalfPrecision.widened(file.parts(entry.name()), entry, folder);
    }

    /**
     * Finds a weight in a model's files. Some files leave out the architecture's prefix.
     *
     * @throws ModelException if it is missing or its shape differs from what config.json says
     */
    public static TensorEntry<SafetensorsType> find(ModelWeights file, Weight weight, String prefix, Path folder) {
        TensorEntry<SafetensorsType> entry = file.entries().get(weight.name());
        if (entry == null && weight.name().startsWith(prefix)) {
            entry = file.entries().get(weight.name().substring(prefix.length()));
        }
        if (entry == null) {
            throw new ModelException("the weights in " + folder + " lack the tensor '" + weight.name()
                    + "'; config.json and weights do not belong together, or the file is incomplete");
        }
        requireShape(entry, weight, folder);
        return entry;
    }

    private static void requireShape(TensorEntry<SafetensorsType> entry, Weight weight, Path folder) {
        if (!Arrays.equals(entry.shape(), weight.dimensions())) {
            throw new ModelException("the tensor '" + entry.name() + "' in " + folder + " has the shape "
                    + Arrays.toString(entry.shape()) + ", but config.json asks for " + weight.shape());
        }
    }

    /** Draws the weights as the family's paper does. Each weight has its own random stream, seeded with the seed and its name. */
    static List<NDArray> draw(Architecture architecture, long seed, NDManager manager) {
        List<NDArray> tensors = architecture.weights().stream()
                .map(weight -> manager.create(new Shape(weight.dimensions()), DataType.FLOAT32))
                .toList();
        IntStream.range(0, tensors.size()).parallel().forEach(
                i -> HostMemory.overwrite(tensors.get(i), drawn(architecture.weights().get(i), seed)));
        return tensors;
    }

    private static Consumer<ByteBuffer> drawn(Weight weight, long seed) {
        if (weight.initial() instanceof Weight.Initial.Normal normal) {
            Random random = new Random(seed * 31 + weight.name().hashCode());
            return piece -> fill(piece.asFloatBuffer(), () -> normal.deviation() * random.nextGaussian());
        }
        float constant = ((Weight.Initial.Constant) weight.initial()).value();
        return piece -> fill(piece.asFloatBuffer(), () -> constant);
    }

    private static void fill(FloatBuffer elements, DoubleSupplier next) {
        while (elements.hasRemaining()) {
            elements.put((float) next.getAsDouble());
        }
    }
}
