package dev.apprentice.service.metrics;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The folder of a service's data: {@code apprentice.NAME.home} of NAME-service. A service without that key keeps only temporary
 * files, so it is the folder for these.
 */
@ApplicationScoped
public class DataFolder {

    private final Path path;

    DataFolder(Config config, @ConfigProperty(name = "quarkus.application.name") String service) {
        String key = "apprentice." + service.replace("-service", "") + ".home";
        path = config.getOptionalValue(key, Path.class).orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** Returns the folder, which may not exist yet. */
    public Path path() {
        return path;
    }
}
