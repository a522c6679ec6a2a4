package dev.apprentice.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Reference data for tests. The small fixtures are part of the project; the large ones are in a folder of their own, if present. */
public final class Fixtures {

    private Fixtures() {}

    /** Returns the bytes of a small fixture, such as {@code tiny-gpt2/expected.json}. */
    public static byte[] bytes(String name) {
        try (InputStream in = Fixtures.class.getResourceAsStream("/bytes/" + name)) {
            if (in == null) {
                throw new IllegalArgumentException("no fixture named " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a small model as a Hugging Face folder: weights, configuration and the byte-level tokenizer. */
    public static Path modelFolder(String model, Path into) {
        try {
            Files.createDirectories(into);
            for (String file : List.of("config.json", "generation_config.json", "model.safetensors")) {
                put(into.resolve(file), bytes(model + "/" + file));
            }
            put(into.resolve("tokenizer.json"), bytes("tokenizer.json"));
            return into;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes a file unless it has this content already, since a service may be reading it. */
    private static void put(Path file, byte[] content) throws IOException {
        if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), content)) {
            Files.write(file, content);
        }
    }

    /** Returns a path in the large fixtures; skips the calling test, with a message, if they are absent. */
    public static Path large(String name) {
        String root = System.getProperty("apprentice.fixtures");
        Assumptions.assumeTrue(root != null, "system property apprentice.fixtures is not set");
        Path path = Path.of(root, name).normalize();
        Assumptions.assumeTrue(Files.exists(path), () -> "the large fixtures are not here: " + path);
        return path;
    }
}
