package dev.apprentice.model.network;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expectations are the examples of IEEE 754 and of bfloat16's published table. */
class HalfPrecisionTest {

    @ParameterizedTest
    @CsvSource({
        "0000, 0", "8000, -0.0", "3C00, 1", "C000, -2", "7BFF, 65504", "0400, 0.00006103515625", "3555, 0.333251953125",
        "0001, 5.9604644775390625e-8", "83FF, -6.097555160522461e-5", "7C00, Infinity", "FC00, -Infinity", "7E00, NaN"
    })
    void float16(String bits, float value) {
        FloatBuffer into = FloatBuffer.allocate(1);
        HalfPrecision.widenFloat16(ShortBuffer.wrap(new short[] {(short) Integer.parseInt(bits, 16)}), into);
        assertThat(into.get(0)).isEqualTo(Float.valueOf(value));
    }

    @ParameterizedTest
    @CsvSource({"0000, 0", "3F80, 1", "C000, -2", "4049, 3.140625", "7F80, Infinity", "7FC0, NaN"})
    void bfloat16(String bits, float value) {
        FloatBuffer into = FloatBuffer.allocate(1);
        HalfPrecision.widenBfloat16(ShortBuffer.wrap(new short[] {(short) Integer.parseInt(bits, 16)}), into);
        assertThat(into.get(0)).isEqualTo(Float.valueOf(value));
    }
}
