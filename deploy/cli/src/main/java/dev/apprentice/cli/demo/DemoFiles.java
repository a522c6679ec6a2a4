package dev.apprentice.cli.demo;

import dev.apprentice.cli.client.RunRequest;
import dev.apprentice.cli.client.answer.Dataset;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The demo's data and model, unpacked for services and people to read.
 *
 * @param data the examples
 * @param model the folder with the pretrained model
 */
public record DemoFiles(Path data, Path model) {

    /** The file of the model's weights. */
    public static final String WEIGHTS = "model.safetensors";

    private static final List<String> MODEL =
            List.of("config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json", "README.md", WEIGHTS);

    /** Writes the files into a folder and replaces those of an earlier demo. */
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

    /**
     * Returns the request for a run that teaches the model the data.
     *
     * @param name the run's; empty to have one chosen
     * @param dataset the dataset made from {@link #data}
     * @param start {@code random} for random weights; empty for the pretrained ones
     * @param training hyper-parameters by name
     */
    public RunRequest run(
            Optional<String> name, Dataset dataset, Optional<String> start, Map<String, Object> training,
            DemoSetting.Generation generation) {
        return new RunRequest(
                name,
                new RunRequest.Model(model.toString(), start),
                RunRequest.Data.of(dataset.name()).from(data),
                training,
                Map.of("maxNewTokens", generation.maxNewTokens()),
                Map.of());
    }

    private static void copy(String resource, Path target) throws IOException {
        try (InputStream content = DemoFiles.class.getResourceAsStream("/demo/" + resource)) {
            Files.copy(content, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }
}
