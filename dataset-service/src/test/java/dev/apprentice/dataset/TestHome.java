package dev.apprentice.dataset;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;

/** Gives the service under test a folder of its own, and limits that a test can reach. */
public class TestHome implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        try {
            return Map.of(
                    "apprentice.dataset.home", Files.createTempDirectory("apprentice-dataset").toString(),
                    "apprentice.dataset.max-size", "300000",
                    "apprentice.dataset.turn", "0s",
                    "apprentice.dataset.pause-after-crash", "1s",
                    "apprentice.dataset.batches-per-transaction", "4",
                    "apprentice.dataset.download.timeout", "2s",
                    "apprentice.dataset.download.allow-private-addresses", "true",
                    "quarkus.http.test-port", "0");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void stop() {
        // the system cleans up its temporary folder
    }
}
