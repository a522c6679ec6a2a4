package dev.apprentice.model.gguf;

import dev.apprentice.model.ModelException;
import dev.apprentice.model.family.Architecture;
import dev.apprentice.model.family.Heads;
import dev.apprentice.model.family.Weight;
import dev.apprentice.model.file.TensorEntry;
import dev.apprentice.model.folder.ModelFolder;
import dev.apprentice.model.folder.ModelWeights;
import dev.apprentice.model.network.HalfPrecision;
import dev.apprentice.model.network.Weights;
import dev.apprentice.model.safetensors.SafetensorsType;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;

/** A weight of a model with the name, layout and type that llama.cpp uses. */
final class ExportedWeight {

    /** The number of elements to convert at a time; a multiple of all types' blocks. */
    private static final int PART = 1 << 16;

    /** The bytes of a piece of a transposed matrix: large, so that long parts of each row are read at once. */
    private static final int TURNED_BYTES = 16 << 20;

    private final ModelFolder folder;
    private final LlamaCppFamily family;
    private final ModelWeights weights;
    private final Weight weight;
    private final TensorEntry<SafetensorsType> entry;
    private final boolean transposed;

    /** @param index in {@link Architecture#weights()} */
    ExportedWeight(ModelFolder folder, LlamaCppFamily family, ModelWeights weights, int index) {
        Architecture architecture = folder.architecture();
        this.folder = folder;
        this.family = family;
        this.weights = weights;
        this.weight = architecture.weights().get(index);
        this.entry = Weights.find(weights, weight, architecture.prefix(), folder.path());
        this.transposed = architecture.inputByOutput() && architecture.isInBlock(index) && entry.shape().length == 2;
    }

    /** @param matrices the type for matrices; empty to keep each matrix's type */
    GgufTensor tensor(Optional<GgufType> matrices) {
        String name = family.tensor(weight.name()).orElseThrow(() -> new ModelException(
                "the tensor '" + weight.name() + "' in " + folder.path() + " has no name in llama.cpp"));
        return tensor(name, matrices);
    }

    GgufTensor tensor(String name, Optional<GgufType> matrices) {
        long[] shape = transposed ? new long[] {entry.shape()[1], entry.shape()[0]} : entry.shape();
        boolean widened = shape.length == 1 || name.equals("position_embd.weight");
        GgufType type = widened ? GgufType.F32 : matrices.orElseGet(this::ownType);
        // as in llama.cpp's converter, if a row is not a whole number of blocks
        GgufType possible = ElementEncoder.canWrite(type, shape[shape.length - 1]) ? type : GgufType.F16;
        return new GgufTensor(name, possible, shape, pieces(possible));
    }

    private GgufType ownType() {
        return switch (entry.type()) {
            case F32 -> GgufType.F32;
            case F16 -> GgufType.F16;
            case BF16 -> GgufType.BF16;
            default -> throw new ModelException("the tensor '" + entry.name() + "' in " + folder.path() + " is of type "
                    + entry.type() + "; weights are F32, F16 or BF16");
        };
    }

    private Iterable<ByteBuffer> pieces(GgufType type) {
        Iterable<ByteBuffer> own = inOrder();
        return type == ownType()
                ? own
                : () -> StreamSupport.stream(own.spliterator(), false).map(data -> encoded(data, type)).iterator();
    }

    private ByteBuffer encoded(ByteBuffer data, GgufType type) {
        int elementBytes = entry.type().blockBytes();
        int elements = data.remaining() / elementBytes;
        ByteBuffer encoded =
                ElementEncoder.allocate((long) elements / type.blockElements() * type.blockBytes());
        ByteBuffer wide = ElementEncoder.allocate((long) PART * Float.BYTES);
        for (int done = 0; done < elements; done += PART) {
            int count = Math.min(PART, elements - done);
            ByteBuffer part = data.slice(done * elementBytes, count * elementBytes).order(data.order());
            HalfPrecision.widen(part, entry, wide.clear(), folder.path());
            ElementEncoder.write(wide.flip().asFloatBuffer(), type, encoded);
        }
        return encoded.flip();
    }

    private boolean isFused() {
        return weight.name().contains(".query_key_value.");
    }

    private boolean isPaired(String projection) {
        return family.rotation() == LlamaCppFamily.Rotation.PAIRS && weight.name().contains(projection);
    }

    private Iterable<ByteBuffer> inOrder() {
        RowOrder.Matrix matrix = (from, into) -> weights.read(entry.name(), from, into);
        if (transposed) {
            return RowOrder.transposed(
                    matrix, (int) entry.shape()[0], (int) entry.shape()[1], entry.type().blockBytes(), TURNED_BYTES);
        }
        if (isFused()) {
            return RowOrder.headsApart(matrix, entry.length(), heads().count());
        }
        if (isPaired(".q_proj.")) {
            return RowOrder.pairsTogether(matrix, entry.length(), heads().count(), heads().width());
        }
        return isPaired(".k_proj.")
                ? RowOrder.pairsTogether(matrix, entry.length(), heads().keyValues(), heads().width())
                : weights.parts(entry.name());
    }

    private Heads heads() {
        return folder.architecture().constants().heads();
    }

    /** @param divisors one for each pair of a head's elements */
    static GgufTensor rotaryDivisors(List<Double> divisors) {
        return new GgufTensor("rope_freqs.weight", GgufType.F32, new long[] {divisors.size()}, () -> {
            ByteBuffer bytes = ElementEncoder.allocate((long) divisors.size() * Float.BYTES);
            divisors.forEach(divisor -> bytes.putFloat(divisor.floatValue()));
            return bytes.flip();
        });
    }
}
