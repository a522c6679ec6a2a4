package dev.apprentice.local.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/**
 * The demo's data and model, unpacked to where services and people can read them.
 *
 * @param data the examples
 * @param model the folder with the model's configuration and tokenizer, without weights
 */
public record DemoFiles(Path data, Path model) {

    private static final List<String> MODEL =
            List.of("config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json");

    /** Writes them into a folder, over what an earlier demo left there. */
    public static DemoFiles unpack(Path folder) throws IOException {
        Path model = folder.resolve("model");
        Files.createDirectories(model);
        for (String name : MODEL) {
            copy("model/" + name, model.resolve(name));
        }
        Path data = folder.resolve("instructions.json");
        copy("instructions.json", data);
        return new DemoFiles(data, model);
    }

    private static void copy(String resource, Path target) throws IOException {
        try (InputStream content = DemoFiles.class.getResourceAsStream("/demo/" + resource)) {
            Files.copy(content, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
