package dev.apprentice.model.folder;

import dev.apprentice.model.ModelException;
import dev.apprentice.model.file.TensorEntry;
import dev.apprentice.model.safetensors.SafetensorsFile;
import dev.apprentice.model.safetensors.SafetensorsType;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A model's tensors by name, from one file or several shards. Thread-safe. */
public final class ModelWeights implements AutoCloseable {

    private final List<SafetensorsFile> files;
    private final Map<String, SafetensorsFile> fileOf;
    private final Map<String, TensorEntry<SafetensorsType>> entries;

    private ModelWeights(List<SafetensorsFile> files, Map<String, SafetensorsFile> fileOf) {
        this.files = files;
        this.fileOf = fileOf;
        Map<String, TensorEntry<SafetensorsType>> byName = new LinkedHashMap<>();
        fileOf.forEach((name, file) -> byName.put(name, file.entries().get(name)));
        this.entries = Collections.unmodifiableMap(byName);
    }

    static ModelWeights single(Path path) {
        SafetensorsFile file = SafetensorsFile.open(path);
        Map<String, SafetensorsFile> fileOf = new LinkedHashMap<>();
        file.entries().keySet().forEach(name -> fileOf.put(name, file));
        return new ModelWeights(List.of(file), fileOf);
    }

    /** @throws ModelException naming the missing shard, or the tensor that its shard lacks */
    static ModelWeights sharded(ShardIndex index) {
        List<SafetensorsFile> files = new ArrayList<>();
        try {
            Map<Path, SafetensorsFile> open = new HashMap<>();
            Map<String, SafetensorsFile> fileOf = new LinkedHashMap<>();
            index.shards().forEach((name, shard) -> {
                SafetensorsFile file = open.computeIfAbsent(shard, path -> {
                    SafetensorsFile opened = SafetensorsFile.open(path);
                    files.add(opened);
                    return opened;
                });
                if (!file.entries().containsKey(name)) {
                    throw new ModelException(index.path() + " says that tensor '" + name + "' is in "
                            + shard.getFileName() + ", but that file does not have it; download both again");
                }
                fileOf.put(name, file);
            });
            return new ModelWeights(files, fileOf);
        } catch (RuntimeException e) {
            files.forEach(SafetensorsFile::close);
            throw e;
        }
    }

    /** Returns all tensors by name. */
    public Map<String, TensorEntry<SafetensorsType>> entries() {
        return entries;
    }

    /**
     * Returns the tensor's bytes, little endian and read-only, mapped from the file.
     *
     * @throws ModelException if there is no such tensor, or it is 2 GiB or larger
     */
    public ByteBuffer data(String name) {
        return file(name).data(name);
    }

    /**
     * Returns the tensor's bytes in parts, little endian. Each part is read when it is requested, and does not stay in memory.
     *
     * @return parts of whole elements, each overwritten by the next; a part that cannot be read throws a {@link ModelException}
     * @throws ModelException if there is no such tensor
     */
    public Iterable<ByteBuffer> parts(String name) {
        return file(name).parts(name);
    }

    /**
     * Fills a buffer from its position to its limit with a tensor's bytes.
     *
     * @param from the offset in the tensor
     * @throws ModelException if there is no such tensor, or it cannot be read
     */
    public void read(String name, long from, ByteBuffer into) {
        file(name).read(name, from, into);
    }

    private SafetensorsFile file(String name) {
        SafetensorsFile file = fileOf.get(name);
        if (file == null) {
            throw new ModelException(files.get(0).path().getParent() + " has no tensor '" + name + "'");
        }
        return file;
    }

    @Override
    public void close() {
        files.forEach(SafetensorsFile::close);
    }
}
