package dev.apprentice.dataset.datasets.example;

import dev.apprentice.contracts.Sha256;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.SplittableRandom;

/**
 * The first 128 bits of a SHA-256 over texts, each preceded by its length in bytes (4, big-endian), so that
 * {@code ("ab", "c")} differs from {@code ("a", "bc")}. The same on every machine and for good.
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

    /** A place between 0 (inclusive) and 1 (exclusive), evenly spread over all texts. */
    public double place() {
        return (high >>> 11) * 0x1.0p-53;
    }

    /** All of it: 32 hexadecimal digits, in the order of the places. */
    public String hex() {
        return "%016x%016x".formatted(high, low);
    }

    /** Another one for every seed, evenly spread: what texts are shuffled by (SplitMix64's mixing of the two). */
    public Fingerprint seeded(long seed) {
        return new Fingerprint(new SplittableRandom(high ^ new SplittableRandom(seed).nextLong()).nextLong(), low);
    }

    /** A short name: 20 hexadecimal digits. */
    public String id() {
        return "%016x%04x".formatted(high, low >>> 48);
    }
}
