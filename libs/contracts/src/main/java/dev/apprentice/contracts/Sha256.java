package dev.apprentice.contracts;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 digests in the form that events carry: {@code sha256:} and 64 hexadecimal digits. */
public final class Sha256 {

    private Sha256() {}

    /** Returns a new SHA-256 digest. */
    public static MessageDigest begin() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** Returns the digest of a file's bytes. */
    public static String of(Path file) throws IOException {
        MessageDigest digest = begin();
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return text(digest);
    }

    public static String of(byte[] bytes) {
        MessageDigest digest = begin();
        digest.update(bytes);
        return text(digest);
    }

    /** Returns the digest of a text in UTF-8. */
    public static String of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the digest of a text in UTF-8, as 32 bytes. */
    public static byte[] bytes(String text) {
        return begin().digest(text.getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the first hexadecimal digits of a text's digest, as a short name for it. */
    public static String start(String text, int digits) {
        return HexFormat.of().formatHex(bytes(text)).substring(0, digits);
    }

    /** Returns the digest's value and resets it. */
    public static String text(MessageDigest digest) {
        return "sha256:" + HexFormat.of().formatHex(digest.digest());
    }
}
