package dev.apprentice.trainer;

import dev.apprentice.service.storage.FolderCache;
import dev.apprentice.service.storage.ObjectStorage;
import dev.apprentice.service.storage.StorageSettings;
import dev.apprentice.service.storage.StoredModels;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** Creates object stores for tests. */
public final class TestStorage {

    private record Settings(Optional<URI> endpoint, Duration timeout, Path cache, long cacheMegabytes) implements StorageSettings {}

    private TestStorage() {}

    public static ObjectStorage at(URI endpoint) {
        return new ObjectStorage(settings(endpoint, Path.of("unused")));
    }

    /**
     * Returns the models in an object store.
     *
     * @param cache a folder for copies of them
     */
    public static StoredModels models(URI endpoint, Path cache) {
        return new StoredModels(at(endpoint), new FolderCache(settings(endpoint, cache)));
    }

    private static Settings settings(URI endpoint, Path cache) {
        return new Settings(Optional.of(endpoint), Duration.ofSeconds(5), cache, 10);
    }
}
