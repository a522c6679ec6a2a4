package dev.apprentice.dataset.datasets.reading.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictUtf8Test {

    @ParameterizedTest
    @CsvSource({
        "41 FF, 0xff at offset 1",
        "C0 80, 0xc0 at offset 0",
        "41 C3 28, 0x28 at offset 2",
        "E0 80 80, 0x80 at offset 1",
        "ED A0 80, 0xa0 at offset 1",
        "F4 90 80 80, 0x90 at offset 1",
        "F0 9F 8E 41, 0x41 at offset 3",
        "41 80, 0x80 at offset 1",
        "41 E2 82, byte offset 3",
    })
    void namesTheFirstByteThatCannotBe(String hexadecimal, String place) {
        assertThatThrownBy(() -> readWhole(bytes(hexadecimal)))
                .isInstanceOf(StrictUtf8.InvalidException.class)
                .hasMessageEndingWith(place);
    }

    @Test
    void agreesWithJavasDecoderOnRandomBytes() {
        Random random = new Random(1);
        int[] likely = {0x41, 0x80, 0xbf, 0xc2, 0xe0, 0xa0, 0xed, 0x9f, 0xef, 0xf0, 0x90, 0xf4, 0x8f, 0xff};
        for (int trial = 0; trial < 20_000; trial++) {
            byte[] bytes = new byte[random.nextInt(6)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) likely[random.nextInt(likely.length)];
            }
            assertThat(isAccepted(bytes)).as("%s", ByteBuffer.wrap(bytes)).isEqualTo(javaAccepts(bytes));
        }
    }

    private static boolean isAccepted(byte[] bytes) {
        try {
            return new String(readWhole(bytes), StandardCharsets.UTF_8).length() <= bytes.length;
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean javaAccepts(byte[] bytes) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), CharBuffer.allocate(bytes.length + 1), true);
        return !result.isError();
    }

    private static byte[] readWhole(byte[] bytes) throws IOException {
        try (StrictUtf8 in = new StrictUtf8(new ByteArrayInputStream(bytes))) {
            return in.readAllBytes();
        }
    }

    private static byte[] bytes(String hexadecimal) {
        return java.util.HexFormat.ofDelimiter(" ").parseHex(hexadecimal.toLowerCase());
    }
}
