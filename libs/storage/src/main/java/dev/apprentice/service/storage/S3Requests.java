package dev.apprentice.service.storage;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.S3Client;

/** Requests to an object store, each failure in one sentence, and whether the store answers. Nothing is loaded before the first. */
final class S3Requests implements AutoCloseable {

    private final StorageSettings settings;
    private final StorageHealth health = new StorageHealth(System::nanoTime);
    private S3Client client;

    S3Requests(StorageSettings settings) {
        this.settings = settings;
    }

    /** Why the store is away; empty while it is there, or not used. */
    Optional<String> trouble() {
        return health.trouble();
    }

    /**
     * Asks the store.
     *
     * @param uri what the request is about, for messages
     * @throws AlteredException if that is gone or another by now
     * @throws StorageException if the store cannot be asked
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

    /** The digest by which the store sees whether bytes came whole: MD5 in Base64, as RFC 1864 has it. */
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
