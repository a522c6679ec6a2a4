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
 * Models in an object store, as folders on this machine. Those fetched last stay here while they may be in use; older ones may
 * go when there is no room.
 */
@ApplicationScoped
public class StoredModels {

    /** A run, or an adapter's model, is opened again whenever it is worked on. */
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
     * The folder of a model, with its safetensors weights if they are needed; never with pickled ones.
     *
     * @param location an {@code s3:} URI
     * @throws IllegalArgumentException if it is none, there is no model, or it is not what was written
     * @throws StorageException if the store cannot be asked
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

    /** The URI of a folder that came from an object store. */
    public Optional<String> location(Path folder) {
        return Optional.ofNullable(origins.get(folder)).map(Origin::location);
    }

    /** What tells the model of a folder that came from an object store from others that were or will be there. */
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
