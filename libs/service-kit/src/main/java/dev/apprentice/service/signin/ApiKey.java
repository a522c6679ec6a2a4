package dev.apprentice.service.signin;

import dev.apprentice.contracts.Sha256;
import java.security.MessageDigest;
import java.util.HexFormat;

/**
 * A key that a caller signs in with. Only its digest is kept, so the key cannot get into a log.
 *
 * @param name name of the caller
 * @param role the highest role that it grants
 * @param digest the key's SHA-256, 32 bytes
 */
record ApiKey(String name, String role, byte[] digest) {

    private static final int LEAST_LENGTH = 20;
    private static final String HASHED = "sha256:";
    private static final String NAME = "[A-Za-z0-9._-]{1,100}";
    /** Matches what an {@code Authorization} header can carry (RFC 6750): neither blanks nor commas. */
    static final String TOKEN = "[A-Za-z0-9._~+/=-]+";

    /**
     * Parses {@code NAME:ROLE:KEY} or {@code NAME:ROLE:sha256:DIGEST}.
     *
     * @throws IllegalArgumentException saying what is wrong, without the key
     */
    static ApiKey parse(String entry) {
        String[] parts = entry.split(":", 3);
        if (parts.length < 3 || !parts[0].matches(NAME)) {
            throw new IllegalArgumentException("it must be NAME:ROLE:KEY, with letters, digits, '.', '_' and '-' in the name");
        }
        Roles.upTo(parts[1]);
        return new ApiKey(parts[0], parts[1], parts[2].startsWith(HASHED) ? digestIn(parts[2]) : digestOf(parts[2]));
    }

    /** Tells whether this key has the given digest, in constant time. */
    boolean has(byte[] other) {
        return MessageDigest.isEqual(digest, other);
    }

    boolean isAs(ApiKey other) {
        return name.equals(other.name) && role.equals(other.role) && has(other.digest);
    }

    private static byte[] digestOf(String key) {
        if (key.length() < LEAST_LENGTH || !key.matches(TOKEN)) {
            throw new IllegalArgumentException("the key must have at least " + LEAST_LENGTH
                    + " characters, all of them letters, digits or one of . _ ~ + / = -; `openssl rand -hex 32` makes one");
        }
        return Sha256.bytes(key);
    }

    private static byte[] digestIn(String hashed) {
        String digits = hashed.substring(HASHED.length());
        if (!digits.matches("[0-9A-Fa-f]{64}")) {
            throw new IllegalArgumentException("after sha256: must come the key's SHA-256, 64 hexadecimal digits");
        }
        return HexFormat.of().parseHex(digits);
    }

    /** Returns the caller's name and role, and nothing of the key. */
    @Override
    public String toString() {
        return name + " (" + role + ")";
    }
}
