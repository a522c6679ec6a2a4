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

    private final Map<Path, String> locations = new ConcurrentHashMap<>();

    StoredModels(ObjectStorage storage, FolderCache cache) {
        this.storage = storage;
        this.cache = cache;
    }

    /**
     * The folder of a model, with its safetensors weights if they are needed; never with pickled ones.
     *
     * @param location an {@code s3:} URI
     * @throws IllegalArgumentException if it is none
     * @throws AlteredException if there is none there, or it is not what was written
     * @throws StorageException if the store cannot be asked
     */
    public Path fetch(String location, boolean weights) throws IOException {
        StoredFolder folder = StoredFolder.ofOthers(storage, StorageUri.parse(location));
        FolderCache.Copy copy = cache.hold(folder, folder.version() + weights, name -> isWanted(name, weights));
        synchronized (this) {
            held.addLast(copy);
            if (held.size() > STAY) {
                held.removeFirst().close();
            }
        }
        locations.put(copy.folder(), folder.uri().toString());
        return copy.folder();
    }

    /** The URI of a folder that came from an object store. */
    public Optional<String> location(Path folder) {
        return Optional.ofNullable(locations.get(folder));
    }

    private static boolean isWanted(String name, boolean weights) {
        return !name.contains("/") && (!WEIGHTS.matcher(name).matches() || weights && name.endsWith(".safetensors"));
    }

    @PreDestroy
    synchronized void close() {
        held.forEach(FolderCache.Copy::close);
    }
}
