package dev.apprentice.service.storage;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/**
 * Models in an object store, as folders on this machine. The last few that were fetched are held in the cache, because they may
 * be in use; older ones may be evicted.
 */
@ApplicationScoped
public class StoredModels {

    /** Number of models that are held, because a run's or an adapter's model is opened again whenever it is worked on. */
    private static final int STAY = 4;

    private static final Pattern WEIGHTS = Pattern.compile(".*\\.(safetensors|bin|pth|pt|ckpt|pkl|h5|msgpack|onnx|gguf)");

    private final ObjectStorage storage;
    private final FolderCache cache;

    /** Guarded by this. */
    private final Deque<FolderCache.Copy> held = new ArrayDeque<>();

    private final Map<Path, Origin> origins = new ConcurrentHashMap<>();

    private record Origin(String location, String version) {}

    public StoredModels(ObjectStorage storage, FolderCache cache) {
        this.storage = storage;
        this.cache = cache;
    }

    /**
     * Returns the folder of a model, with its safetensors weights if they are needed, and never with pickled ones.
     *
     * @param location an {@code s3:} URI
     * @throws IllegalArgumentException if it is no such URI, there is no model, or a file is not as it was written
     * @throws StorageException if the store cannot be reached
     */
    public Path fetch(String location, boolean weights) throws IOException {
        StoredFolder folder = StoredFolder.ofOthers(storage, StorageUri.parse(location));
        String version = folder.version();
        FolderCache.Copy copy = copy(folder, version, weights);
        synchronized (this) {
            held.addLast(copy);
            if (held.size() > STAY) {
                held.removeFirst().close();
            }
        }
        origins.put(copy.folder(), new Origin(folder.uri().toString(), version));
        return copy.folder();
    }

    private FolderCache.Copy copy(StoredFolder folder, String version, boolean weights) throws IOException {
        try {
            return cache.hold(folder, version + weights, name -> isWanted(name, weights));
        } catch (AlteredException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    /** Returns the URI of a folder that came from an object store. */
    public Optional<String> location(Path folder) {
        return Optional.ofNullable(origins.get(folder)).map(Origin::location);
    }

    /** Returns the version of a folder that came from an object store; see {@link StoredFolder#version}. */
    public Optional<String> version(Path folder) {
        return Optional.ofNullable(origins.get(folder)).map(Origin::version);
    }

    private static boolean isWanted(String name, boolean weights) {
        return !name.contains("/") && (!WEIGHTS.matcher(name).matches() || weights && name.endsWith(".safetensors"));
    }

    @PreDestroy
    synchronized void close() {
        held.forEach(FolderCache.Copy::close);
    }
}
