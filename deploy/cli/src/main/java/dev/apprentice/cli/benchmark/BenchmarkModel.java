package dev.apprentice.cli.benchmark;

import dev.apprentice.model.LanguageModel;
import dev.apprentice.model.folder.ModelFolder;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** GPT-2 in its published sizes, with random weights, since speed depends on the shapes alone. */
public enum BenchmarkModel {
    /** A model small enough to try the command itself. */
    TINY("tiny", 2, 64, 2, 1_200),
    GPT2_124M("124M", 12, 768, 12, 50_257),
    GPT2_355M("355M", 24, 1024, 16, 50_257),
    GPT2_774M("774M", 36, 1280, 20, 50_257),
    GPT2_1558M("1558M", 48, 1600, 25, 50_257);

    private static final int SEED = 123;
    private static final int CONTEXT = 1024;

    private final String size;
    private final int layers;
    private final int width;
    private final int heads;
    private final int vocabulary;

    BenchmarkModel(String size, int layers, int width, int heads, int vocabulary) {
        this.size = size;
        this.layers = layers;
        this.width = width;
        this.heads = heads;
        this.vocabulary = vocabulary;
    }

    @Override
    public String toString() {
        return size;
    }

    /** Writes a model folder with weights and the demo's tokenizer. */
    public ModelFolder write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve(ModelFolder.CONFIGURATION), configuration());
        writeTokenizer(folder);
        ModelFolder written = ModelFolder.open(folder);
        try (LanguageModel model = LanguageModel.initialise(written, SEED)) {
            model.save(folder);
        }
        return ModelFolder.open(folder);
    }

    /** Writes the demo's tokenizer into a folder and returns its file. */
    public static Path writeTokenizer(Path folder) throws IOException {
        try (InputStream tokenizer = BenchmarkModel.class.getResourceAsStream("/demo/model/tokenizer.json")) {
            return Files.write(folder.resolve(ModelFolder.TOKENIZER), tokenizer.readAllBytes());
        }
    }

    private String configuration() {
        return String.format(
                Locale.ROOT,
                "{\"model_type\": \"gpt2\", \"n_layer\": %d, \"n_embd\": %d, \"n_head\": %d, \"n_positions\": %d,"
                        + " \"vocab_size\": %d, \"bos_token_id\": %d, \"eos_token_id\": %6$d}",
                layers, width, heads, CONTEXT, vocabulary, vocabulary - 1);
    }
}
