package dev.apprentice.model.safetensors;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Supplier;

/**
 * A tensor to be written.
 *
 * @param name such as {@code transformer.h.0.attn.c_attn.weight}; unique in the file
 * @param type of its elements
 * @param shape sizes of its dimensions, row-major; empty for a scalar
 * @param pieces its elements, little endian, one piece after the other, each asked for only when it is its turn and used before
 *     the next, so that no more than one needs to be in memory
 */
public record TensorData(String name, SafetensorsType type, long[] shape, Iterable<ByteBuffer> pieces) {

    /** One whose bytes are in one piece. */
    public TensorData(String name, SafetensorsType type, long[] shape, Supplier<ByteBuffer> bytes) {
        this(name, type, shape, (Iterable<ByteBuffer>) () -> List.of(bytes.get()).iterator());
    }
}
