package dev.apprentice.model.family;

import java.nio.FloatBuffer;
import java.nio.ShortBuffer;

/** Widens 16-bit floating-point numbers, exactly. DJL has no bfloat16, and Java no float16 before 20. */
final class HalfPrecision {

    private static final int FRACTION_BITS = 10;
    private static final int FRACTION_MASK = 0x3FF;
    private static final int EXPONENT_MASK = 0x1F;
    private static final int BIAS_DIFFERENCE = 127 - 15;
    private static final float SMALLEST_SUBNORMAL = 0x1p-24f;

    private HalfPrecision() {}

    /** bfloat16 is the upper half of a float. */
    static void widenBfloat16(ShortBuffer from, FloatBuffer into) {
        while (from.hasRemaining()) {
            into.put(Float.intBitsToFloat(from.get() << Short.SIZE));
        }
    }

    /** IEEE 754 binary16. */
    static void widenFloat16(ShortBuffer from, FloatBuffer into) {
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
