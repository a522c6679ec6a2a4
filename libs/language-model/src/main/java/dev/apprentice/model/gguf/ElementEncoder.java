package dev.apprentice.model.gguf;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;

/**
 * Writes float32 elements in another type, as llama.cpp's converter does.
 *
 * @see <a href="https://github.com/ggml-org/llama.cpp/blob/master/gguf-py/gguf/quants.py">its quantisation</a>
 */
public final class ElementEncoder {

    private static final int FRACTION_DROPPED = 13;
    private static final float SMALLEST_NORMAL_F16 = 0x1p-14f;
    private static final float SUBNORMALS_OF_F16 = 0x1p24f;
    private static final int INFINITE_F16 = 0x7C00;
    private static final float LARGEST_F16 = 65_520;

    private ElementEncoder() {}

    /** Tells whether rows of that many elements can be written in this type: a block must not cross into the next row. */
    static boolean canWrite(GgufType type, long rowElements) {
        return rowElements % type.blockElements() == 0;
    }

    /**
     * Appends elements.
     *
     * @param elements in whole blocks
     * @param type F32, F16, BF16 or Q8_0
     * @param into little endian
     */
    static void write(FloatBuffer elements, GgufType type, ByteBuffer into) {
        switch (type) {
            case F32 -> {
                while (elements.hasRemaining()) {
                    into.putFloat(elements.get());
                }
            }
            case F16 -> {
                while (elements.hasRemaining()) {
                    into.putShort(float16(elements.get()));
                }
            }
            case BF16 -> {
                while (elements.hasRemaining()) {
                    into.putShort(bfloat16(elements.get()));
                }
            }
            case Q8_0 -> {
                float[] block = new float[type.blockElements()];
                while (elements.hasRemaining()) {
                    elements.get(block);
                    writeQ8(block, into);
                }
            }
            default -> throw new IllegalArgumentException("elements cannot be written as " + type);
        }
    }

    /** Writes a block as a scale in float16, followed by each element as a multiple of it, from -127 to 127. */
    private static void writeQ8(float[] block, ByteBuffer into) {
        float largest = 0;
        for (float element : block) {
            largest = Math.max(largest, Math.abs(element));
        }
        float scale = largest / Byte.MAX_VALUE;
        float inverse = scale == 0 ? 0 : 1 / scale;
        into.putShort(float16(scale));
        for (float element : block) {
            float scaled = element * inverse;
            into.put((byte) (Math.signum(scaled) * Math.floor(Math.abs(scaled) + 0.5)));
        }
    }

    /** Converts to IEEE 754 binary16, rounding to nearest, ties to even. */
    static short float16(float value) {
        int sign = Float.floatToRawIntBits(value) >>> Short.SIZE & 0x8000;
        float magnitude = Math.abs(value);
        if (Float.isNaN(value)) {
            return (short) (sign | INFINITE_F16 | 1);
        }
        if (magnitude >= LARGEST_F16) {
            return (short) (sign | INFINITE_F16);
        }
        if (magnitude < SMALLEST_NORMAL_F16) {
            return (short) (sign | (int) Math.rint(magnitude * SUBNORMALS_OF_F16));
        }
        int bits = Float.floatToRawIntBits(magnitude) - (127 - 15 << 23);
        return (short) (sign | roundedToEven(bits, FRACTION_DROPPED));
    }

    /** Converts to bfloat16, the upper half of a float, rounding to nearest, ties to even. */
    public static short bfloat16(float value) {
        int bits = Float.floatToRawIntBits(value);
        return Float.isNaN(value) ? (short) (bits >>> Short.SIZE | 1 << 6) : (short) roundedToEven(bits, Short.SIZE);
    }

    private static int roundedToEven(int bits, int dropped) {
        return bits + (1 << dropped - 1) - 1 + (bits >>> dropped & 1) >>> dropped;
    }

    static ByteBuffer allocate(long bytes) {
        return ByteBuffer.allocate(Math.toIntExact(bytes)).order(ByteOrder.LITTLE_ENDIAN);
    }
}
