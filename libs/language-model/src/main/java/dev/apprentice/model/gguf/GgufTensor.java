package dev.apprentice.model.gguf;

import java.nio.ByteBuffer;
import java.util.function.Supplier;

/**
 * A tensor to be written.
 *
 * @param name such as {@code blk.0.attn_qkv.weight}; unique in the file, at most 64 bytes
 * @param type of its elements
 * @param shape sizes of its dimensions, row-major
 * @param bytes its elements, little endian, asked for only when it is this tensor's turn, so that no more than one needs
 *     to be in memory
 */
public record GgufTensor(String name, GgufType type, long[] shape, Supplier<ByteBuffer> bytes) {}
