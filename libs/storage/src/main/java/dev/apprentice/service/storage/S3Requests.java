package dev.apprentice.service.storage;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Sends requests to an object store. It turns each failure into a sentence, and records whether the store answers. AWS' client is
 * loaded with the first request.
 */
final class S3Requests implements AutoCloseable {

    private final StorageSettings settings;
    private final StorageHealth health = new StorageHealth(System::nanoTime);
    private S3Client client;

    S3Requests(StorageSettings settings) {
        this.settings = settings;
    }

    /** Returns why the store is unavailable; empty if it is available or not used. */
    Optional<String> trouble() {
        return health.trouble();
    }

    /**
     * Sends a request to the store.
     *
     * @param uri the subject of the request, for messages
     * @throws AlteredException if it is gone or has changed
     * @throws StorageException if the store cannot be reached
     */
    <T> T ask(StorageUri uri, Function<S3Client, T> request) throws StorageException {
        try {
            T answer = request.apply(client());
            health.answered();
            return answer;
        } catch (SdkException e) {
            StorageException failure = S3Failure.of(e, uri, settings.endpoint());
            if (S3Failure.isAboutTheFile(e)) {
                health.answered();
            } else {
                health.failed();
            }
            throw failure;
        }
    }

    /** Returns the MD5 in Base64 (RFC 1864), with which the store checks that bytes have arrived intact. */
    static String md5(byte[] bytes) {
        try {
            return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }

    private synchronized S3Client client() {
        if (client == null) {
            client = S3Clients.of(settings);
        }
        return client;
    }

    @Override
    public synchronized void close() {
        if (client != null) {
            client.close();
        }
    }
}
