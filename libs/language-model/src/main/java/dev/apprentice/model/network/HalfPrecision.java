package dev.apprentice.model.network;

import dev.apprentice.model.ModelException;
import dev.apprentice.model.file.FromParts;
import dev.apprentice.model.file.TensorEntry;
import dev.apprentice.model.file.TensorFile;
import dev.apprentice.model.safetensors.SafetensorsType;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.nio.file.Path;

/** Widens 16-bit floating-point numbers to float32, exactly. DJL has no bfloat16, and Java has no float16 before version 20. */
public final class HalfPrecision {

    private static final int FRACTION_BITS = 10;
    private static final int FRACTION_MASK = 0x3FF;
    private static final int EXPONENT_MASK = 0x1F;
    private static final int BIAS_DIFFERENCE = 127 - 15;
    private static final float SMALLEST_SUBNORMAL = 0x1p-24f;

    private HalfPrecision() {}

    /**
     * Returns a tensor's parts as float32, to fill pieces of any size.
     *
     * @throws ModelException as {@link #widen} does, when a piece is filled
     */
    public static FromParts widened(Iterable<ByteBuffer> parts, TensorEntry<SafetensorsType> entry, Path from) {
        if (entry.type() == SafetensorsType.F32) {
            return new FromParts(parts);
        }
        int elements = (int) Math.min(TensorFile.PART_BYTES, entry.length()) / entry.type().blockBytes();
        ByteBuffer wide = ByteBuffer.allocate(elements * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        return new FromParts(parts, part -> {
            widen(part, entry, wide.clear(), from);
            return wide.flip();
        });
    }

    /**
     * Appends all or part of a tensor's bytes as float32.
     *
     * @param from where the bytes come from, for the error message
     * @throws ModelException if the tensor's type is not F32, F16 or BF16
     */
    public static void widen(ByteBuffer data, TensorEntry<SafetensorsType> entry, ByteBuffer into, Path from) {
        switch (entry.type()) {
            case F32 -> into.put(data);
            case F16 -> widenFloat16(data.asShortBuffer(), floats(into, data.remaining() / Short.BYTES));
            case BF16 -> widenBfloat16(data.asShortBuffer(), floats(into, data.remaining() / Short.BYTES));
            default -> throw new ModelException("the tensor '" + entry.name() + "' in " + from + " is of type "
                    + entry.type() + "; weights are F32, F16 or BF16");
        }
    }

    /** Returns a view of the next floats of a buffer, and moves the buffer's position past them. */
    private static FloatBuffer floats(ByteBuffer into, int count) {
        FloatBuffer floats = into.asFloatBuffer();
        into.position(into.position() + count * Float.BYTES);
        return floats;
    }

    /** Widens bfloat16 numbers; each is the upper half of a float. */
    public static void widenBfloat16(ShortBuffer from, FloatBuffer into) {
        while (from.hasRemaining()) {
            into.put(Float.intBitsToFloat(from.get() << Short.SIZE));
        }
    }

    /** Widens IEEE 754 binary16 numbers. */
    public static void widenFloat16(ShortBuffer from, FloatBuffer into) {
        while (from.hasRemaining()) {
            into.put(float16(from.get()));
        }
    }

    private static float float16(short bits) {
        int sign = (bits & 0x8000) << Short.SIZE;
        int exponent = bits >> FRACTION_BITS & EXPONENT_MASK;
        int fraction = bits & FRACTION_MASK;
        if (exponent == 0) {
            float magnitude = fraction * SMALLEST_SUBNORMAL;
            return sign == 0 ? magnitude : -magnitude;
        }
        int wideExponent = exponent == EXPONENT_MASK ? 0xFF : exponent + BIAS_DIFFERENCE;
        return Float.intBitsToFloat(sign | wideExponent << 23 | fraction << 23 - FRACTION_BITS);
    }
}
