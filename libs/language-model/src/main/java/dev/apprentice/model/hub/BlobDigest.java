package dev.apprentice.model.hub;

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

/**
 * Checks a file against its etag: the SHA-256 of large files, the Git blob id of small ones. Mirrors may have etags of another
 * kind, which cannot be checked and match any file.
 */
final class BlobDigest {

    private BlobDigest() {}

    static boolean matches(Path file, String etag) throws IOException {
        if (etag.matches("[0-9a-f]{64}")) {
            return digest("SHA-256", new byte[0], file).equals(etag);
        }
        if (etag.matches("[0-9a-f]{40}")) {
            byte[] header = ("blob " + Files.size(file) + "\0").getBytes(StandardCharsets.US_ASCII);
            return digest("SHA-1", header, file).equals(etag);
        }
        return true;
    }

    private static String digest(String algorithm, byte[] header, Path file) throws IOException {
        MessageDigest digest = digest(algorithm);
        digest.update(header);
        try (InputStream in = new DigestInputStream(Files.newInputStream(file), digest)) {
            in.transferTo(OutputStream.nullOutputStream());
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static MessageDigest digest(String algorithm) {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }
}
