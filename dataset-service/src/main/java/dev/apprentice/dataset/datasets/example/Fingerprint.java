package dev.apprentice.dataset.datasets.example;

import dev.apprentice.contracts.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.SplittableRandom;

/**
 * The first 128 bits of a SHA-256 over texts, each preceded by its length in bytes (4, big-endian), so that {@code ("ab", "c")}
 * differs from {@code ("a", "bc")}. It is equal on all machines and in all versions.
 */
public record Fingerprint(long high, long low) {

    public static Fingerprint of(String... texts) {
        MessageDigest digest = Sha256.begin();
        for (String text : texts) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(utf8.length).flip());
            digest.update(utf8);
        }
        ByteBuffer bytes = ByteBuffer.wrap(digest.digest());
        return new Fingerprint(bytes.getLong(), bytes.getLong());
    }

    /** Returns a number from 0 (inclusive) to 1 (exclusive), evenly distributed over texts. */
    public double place() {
        return (high >>> 11) * 0x1.0p-53;
    }

    /** Returns all of it as 32 hexadecimal digits, which sort in the order of {@link #place}. */
    public String hex() {
        return "%016x%016x".formatted(high, low);
    }

    /** Returns a different, evenly distributed hash for every seed, by which texts are shuffled (mixed with SplitMix64). */
    public Fingerprint seeded(long seed) {
        return new Fingerprint(new SplittableRandom(high ^ new SplittableRandom(seed).nextLong()).nextLong(), low);
    }

    /** Returns a short name: 20 hexadecimal digits. */
    public String id() {
        return "%016x%04x".formatted(high, low >>> 48);
    }
}
