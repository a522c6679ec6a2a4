package dev.apprentice.model.gguf;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Supplier;

/**
 * A tensor to be written.
 *
 * @param name such as {@code blk.0.attn_qkv.weight}; unique in the file, at most 64 bytes
 * @param type of its elements
 * @param shape sizes of its dimensions, row-major
 * @param pieces its elements, little endian, one piece after the other, each asked for only when it is its turn and used before
 *     the next, so that no more than one needs to be in memory
 */
public record GgufTensor(String name, GgufType type, long[] shape, Iterable<ByteBuffer> pieces) {

    /** One whose bytes are in one piece. */
    public GgufTensor(String name, GgufType type, long[] shape, Supplier<ByteBuffer> bytes) {
        this(name, type, shape, (Iterable<ByteBuffer>) () -> List.of(bytes.get()).iterator());
    }
}
