package dev.apprentice.model.folder;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.model.ModelException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes the config.json of a loaded model that is saved again. */
public final class SavedConfiguration {

    private SavedConfiguration() {}

    /**
     * Writes the loaded model's config.json with two changes: the element type is float32, and eos_token_id has the ids that end
     * texts.
     *
     * @param folder created if it does not exist
     * @throws ModelException if the file cannot be written
     */
    public static void write(ModelFolder loaded, Path folder) {
        ObjectNode config = loaded.configurationFile().json().deepCopy();
        for (String field : List.of("dtype", "torch_dtype")) {
            if (config.hasNonNull(field)) {
                config.put(field, "float32");
            }
        }
        ArrayNode ends = JsonNodeFactory.instance.arrayNode();
        loaded.configuration().endsOfText().forEach(ends::add);
        config.set("eos_token_id", ends.size() == 1 ? ends.get(0) : ends);
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(ModelFolder.CONFIGURATION), config.toPrettyString());
        } catch (IOException e) {
            throw new ModelException("the model's configuration cannot be written to " + folder + ": " + e, e);
        }
    }
}
