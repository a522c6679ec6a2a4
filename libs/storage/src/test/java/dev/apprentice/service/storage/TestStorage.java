package dev.apprentice.service.storage;

import dev.apprentice.testkit.S3Server;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Creates the storage for tests. */
final class TestStorage {

    private record Settings(Optional<URI> endpoint, Duration timeout, Path cache, long cacheMegabytes) implements StorageSettings {}

    private TestStorage() {}

    static StorageSettings settings(URI endpoint, Path cache) {
        return settings(endpoint, cache, Duration.ofSeconds(5));
    }

    static StorageSettings settings(URI endpoint, Path cache, Duration timeout) {
        return new Settings(Optional.of(endpoint), timeout, cache, 2);
    }

    static StorageUri folder(String name) {
        return StorageUri.parse("s3://" + S3Server.BUCKET + "/" + name);
    }
}
