package dev.apprentice.model.gguf;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.Supplier;

/**
 * A tensor to write.
 *
 * @param name such as {@code blk.0.attn_qkv.weight}; unique in the file, at most 64 bytes
 * @param type of its elements
 * @param shape sizes of its dimensions, row-major
 * @param pieces its elements, little endian, piece by piece. Each piece is requested when it is written and used before the next,
 *     so only one must be in memory
 */
public record GgufTensor(String name, GgufType type, long[] shape, Iterable<ByteBuffer> pieces) {

    /** Creates a tensor whose bytes are in one piece. */
    public GgufTensor(String name, GgufType type, long[] shape, Supplier<ByteBuffer> bytes) {
        this(name, type, shape, (Iterable<ByteBuffer>) () -> List.of(bytes.get()).iterator());
    }
}
