package dev.apprentice.trainer;

import dev.apprentice.service.files.DurableFiles;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** An empty home folder for the service under test, and a short retry interval. */
public class TrainerHome implements QuarkusTestResourceLifecycleManager {

    private Path home;

    @Override
    public Map<String, String> start() {
        try {
            home = Files.createTempDirectory("apprentice-trainer");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of("apprentice.trainer.home", home.toString(), "apprentice.trainer.retry-every", "500ms");
    }

    @Override
    public void stop() {
        try {
            DurableFiles.deleteTree(home);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
