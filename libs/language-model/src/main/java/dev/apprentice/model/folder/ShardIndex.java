package dev.apprentice.model.folder;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.json.JsonFile;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The file model.safetensors.index.json, which says which file holds which tensor.
 *
 * @param path the path of the index
 * @param shards the file of each tensor
 */
record ShardIndex(Path path, Map<String, Path> shards) {

    static ShardIndex read(Path path) {
        JsonFile file = JsonFile.read(path);
        JsonNode weightMap = file.json().path("weight_map");
        if (!weightMap.isObject() || weightMap.isEmpty()) {
            throw new ModelException(path + " must have a 'weight_map' that names the file of each tensor");
        }
        Map<String, Path> shards = new LinkedHashMap<>();
        weightMap.fields().forEachRemaining(field -> shards.put(field.getKey(), shard(path, field.getValue())));
        return new ShardIndex(path, shards);
    }

    /** Returns the path of a shard, which must lie beside its index. */
    private static Path shard(Path index, JsonNode name) {
        if (!name.isTextual() || !name.textValue().matches("[\\w.-]+\\.safetensors")) {
            throw new ModelException(index + ": 'weight_map' names the file " + name
                    + "; it must be a .safetensors file in the same folder");
        }
        FolderFiles.requireWithin(index.toAbsolutePath().getParent(), name.textValue());
        return index.resolveSibling(name.textValue());
    }
}
