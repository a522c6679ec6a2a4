package dev.apprentice.trainer;

import dev.apprentice.service.storage.ObjectStorage;
import dev.apprentice.service.storage.StorageSettings;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** An object store as tests use it. */
public final class TestStorage {

    private record Settings(Optional<URI> endpoint, Duration timeout, Path cache, long cacheMegabytes) implements StorageSettings {}

    private TestStorage() {}

    public static ObjectStorage at(URI endpoint) {
        return new ObjectStorage(new Settings(Optional.of(endpoint), Duration.ofSeconds(5), Path.of("unused"), 1));
    }
}
