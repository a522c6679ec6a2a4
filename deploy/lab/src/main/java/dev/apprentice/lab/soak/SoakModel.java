package dev.apprentice.lab.soak;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.cli.demo.DemoFiles;
import dev.apprentice.contracts.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A smaller version of the demo's model, since a soak tests everything but the model.
 *
 * @param folder with configuration and tokenizer, without weights
 */
record SoakModel(Path folder) {

    private static final int LAYERS = 1;
    private static final int WIDTH = 32;
    private static final int HEADS = 2;
    private static final int CONTEXT = 128;

    /** Writes the model into a folder. */
    static SoakModel write(Path folder) throws IOException {
        DemoFiles demo = DemoFiles.unpack(folder);
        Path file = demo.model().resolve("config.json");
        ObjectNode configuration = (ObjectNode) Json.MAPPER.readTree(file.toFile());
        configuration.put("n_layer", LAYERS).put("n_embd", WIDTH).put("n_head", HEADS).put("n_positions", CONTEXT);
        Json.MAPPER.writeValue(file.toFile(), configuration);
        Files.delete(demo.model().resolve(DemoFiles.WEIGHTS)); // their shapes do not fit
        return new SoakModel(demo.model());
    }
}
