package dev.apprentice.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Assumptions;

/** Reference data for tests: the small set travels with the project, the large one lies beside it where there is one. */
public final class Fixtures {

    private Fixtures() {}

    /** The bytes of a small fixture, such as {@code tiny-gpt2/expected.json}. */
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

    /** Lays a small model out as a Hugging Face folder: weights, configuration and the byte-level tokenizer. */
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

    /** A file that is there is not written again: a service may be reading it. */
    private static void put(Path file, byte[] content) throws IOException {
        if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), content)) {
            Files.write(file, content);
        }
    }

    /** A place among the large fixtures; the calling test is skipped, and says so, where they are absent. */
    public static Path large(String name) {
        String root = System.getProperty("apprentice.fixtures");
        Assumptions.assumeTrue(root != null, "system property apprentice.fixtures is not set");
        Path path = Path.of(root, name).normalize();
        Assumptions.assumeTrue(Files.exists(path), () -> "the large fixtures are not here: " + path);
        return path;
    }
}
