package dev.apprentice.dataset.datasets.example;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.apache.commons.codec.digest.MurmurHash3;

/**
 * A 64-bit hash of texts, by which equal ones are found in memory: the first half of MurmurHash3 (x64, 128 bits, seed 0) over
 * what {@link Fingerprint} digests. It takes a tenth of the digest's time, and is never stored.
 */
public final class TextHash {

    private TextHash() {}

    public static long of(String... texts) {
        byte[][] utf8 = new byte[texts.length][];
        int length = 0;
        for (int i = 0; i < texts.length; i++) {
            utf8[i] = texts[i].getBytes(StandardCharsets.UTF_8);
            length += Integer.BYTES + utf8[i].length;
        }
        ByteBuffer all = ByteBuffer.allocate(length);
        for (byte[] text : utf8) {
            all.putInt(text.length).put(text);
        }
        return MurmurHash3.hash128x64(all.array(), 0, length, 0)[0];
    }
}
