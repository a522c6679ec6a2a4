package dev.apprentice.model.safetensors;

import java.nio.ByteBuffer;
import java.util.function.Supplier;

/**
 * A tensor to be written.
 *
 * @param name such as {@code transformer.h.0.attn.c_attn.weight}; unique in the file
 * @param type of its elements
 * @param shape sizes of its dimensions, row-major; empty for a scalar
 * @param bytes its elements, little endian, asked for only when it is this tensor's turn, so that no more than one needs
 *     to be in memory
 */
public record TensorData(String name, SafetensorsType type, long[] shape, Supplier<ByteBuffer> bytes) {}
