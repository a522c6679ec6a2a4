package dev.apprentice.model.gguf;

import dev.apprentice.model.ModelException;
import dev.apprentice.model.family.Architecture;
import dev.apprentice.model.family.HalfPrecision;
import dev.apprentice.model.family.Weight;
import dev.apprentice.model.family.Weights;
import dev.apprentice.model.file.TensorEntry;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.folder.ModelWeights;
import dev.apprentice.model.safetensors.SafetensorsType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** One of a model's weights, named and turned as llama.cpp has it. */
final class ExportedWeight {

    private final ModelFolder folder;
    private final ModelWeights weights;
    private final Weight weight;
    private final TensorEntry<SafetensorsType> entry;
    private final boolean transposed;

    /** @param index in {@link Architecture#weights()} */
    ExportedWeight(ModelFolder folder, ModelWeights weights, int index) {
        Architecture architecture = folder.architecture();
        this.folder = folder;
        this.weights = weights;
        this.weight = architecture.weights().get(index);
        this.entry = Weights.find(weights, weight, architecture.prefix(), folder.path());
        this.transposed = architecture.inputByOutput() && architecture.isInBlock(index) && entry.shape().length == 2;
    }

    GgufTensor tensor() {
        String name = TensorNames.of(weight.name()).orElseThrow(() -> new ModelException(
                "the tensor '" + weight.name() + "' in " + folder.path() + " has no name in llama.cpp"));
        boolean widened = entry.shape().length == 1 || name.equals("position_embd.weight");
        GgufType type = widened ? GgufType.F32 : type(entry.type());
        long[] shape = transposed ? new long[] {entry.shape()[1], entry.shape()[0]} : entry.shape();
        return new GgufTensor(name, type, shape, () -> bytes(widened));
    }

    private GgufType type(SafetensorsType type) {
        return switch (type) {
            case F32 -> GgufType.F32;
            case F16 -> GgufType.F16;
            case BF16 -> GgufType.BF16;
            default -> throw new ModelException("the tensor '" + entry.name() + "' in " + folder.path() + " is of type " + type
                    + "; weights are F32, F16 or BF16");
        };
    }

    private ByteBuffer bytes(boolean widened) {
        ByteBuffer data = weights.data(entry.name());
        int elementBytes = entry.type().blockBytes();
        if (widened) {
            ByteBuffer wide = allocate(data.remaining() / elementBytes * Float.BYTES);
            HalfPrecision.widen(data, entry, wide, folder.path());
            data = wide.flip();
            elementBytes = Float.BYTES;
        }
        if (transposed) {
            return transposed(data, (int) entry.shape()[0], (int) entry.shape()[1], elementBytes);
        }
        if (weight.name().contains(".q_proj.")) {
            return pairsTogether(data, constant("heads"), constant("head_width"));
        }
        return weight.name().contains(".k_proj.")
                ? pairsTogether(data, constant("kv_heads"), constant("head_width"))
                : data;
    }

    private int constant(String name) {
        return (int) folder.architecture().constants().get(name);
    }

    private static ByteBuffer transposed(ByteBuffer data, int rows, int columns, int elementBytes) {
        ByteBuffer turned = allocate(data.remaining());
        for (int column = 0; column < columns; column++) {
            for (int row = 0; row < rows; row++) {
                int at = (row * columns + column) * elementBytes;
                if (elementBytes == Float.BYTES) {
                    turned.putInt(data.getInt(at));
                } else {
                    turned.putShort(data.getShort(at));
                }
            }
        }
        return turned.flip();
    }

    /**
     * transformers rotates element i of a head with element i + width / 2, llama.cpp element 2i with 2i + 1: the rows are put
     * in that order.
     */
    private static ByteBuffer pairsTogether(ByteBuffer data, int heads, int headWidth) {
        ByteBuffer paired = allocate(data.remaining());
        int rowBytes = data.remaining() / heads / headWidth;
        for (int head = 0; head < heads; head++) {
            for (int pair = 0; pair < headWidth / 2; pair++) {
                int first = (head * headWidth + pair) * rowBytes;
                paired.put(data.slice(first, rowBytes));
                paired.put(data.slice(first + headWidth / 2 * rowBytes, rowBytes));
            }
        }
        return paired.flip();
    }

    /** @param divisors one for each pair of a head's elements */
    static GgufTensor rotaryDivisors(List<Double> divisors) {
        return new GgufTensor("rope_freqs.weight", GgufType.F32, new long[] {divisors.size()}, () -> {
            ByteBuffer bytes = allocate(divisors.size() * Float.BYTES);
            divisors.forEach(divisor -> bytes.putFloat(divisor.floatValue()));
            return bytes.flip();
        });
    }

    private static ByteBuffer allocate(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
