package dev.apprentice.service.metrics;

import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * Where a service keeps its things: {@code apprentice.NAME.home} of NAME-service. A service without one keeps nothing but
 * temporary files.
 */
@ApplicationScoped
public class DataFolder {

    private final Path path;

    DataFolder(Config config, @ConfigProperty(name = "quarkus.application.name") String service) {
        String key = "apprentice." + service.replace("-service", "") + ".home";
        path = config.getOptionalValue(key, Path.class).orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** Need not exist yet. */
    public Path path() {
        return path;
    }
}
