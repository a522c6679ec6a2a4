package dev.apprentice.model.safetensors;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Supplier;

/**
 * A tensor to write.
 *
 * @param name such as {@code transformer.h.0.attn.c_attn.weight}; unique in the file
 * @param type of its elements
 * @param shape sizes of its dimensions, row-major; empty for a scalar
 * @param pieces its elements, little endian, piece by piece. Each piece is requested when it is written and used before the next,
 *     so only one must be in memory
 */
public record TensorData(String name, SafetensorsType type, long[] shape, Iterable<ByteBuffer> pieces) {

    /** Creates a tensor whose bytes are in one piece. */
    public TensorData(String name, SafetensorsType type, long[] shape, Supplier<ByteBuffer> bytes) {
        this(name, type, shape, (Iterable<ByteBuffer>) () -> List.of(bytes.get()).iterator());
    }
}
