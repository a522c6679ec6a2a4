package dev.apprentice.testkit;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;

/**
 * Starts an object store for a service's tests: {@code @QuarkusTestResource(S3Resource.class)}.
 *
 * <p>Fields of type {@link S3Server} in the test class are injected.
 */
public class S3Resource implements QuarkusTestResourceLifecycleManager {

    private S3Server server;

    @Override
    public Map<String, String> start() {
        try {
            server = new S3Server();
            return Map.of(
                    "apprentice.storage.endpoint", server.endpoint().toString(),
                    "apprentice.storage.timeout", "5s",
                    "apprentice.storage.cache", Files.createTempDirectory("apprentice-cache").toString());
        } catch (IOException e) {
            throw new IllegalStateException("the object store did not start", e);
        }
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(server, new TestInjector.MatchesType(S3Server.class));
    }

    @Override
    public void stop() {
        try {
            if (server != null) {
                server.close();
            }
        } catch (IOException e) {
            throw new IllegalStateException("the object store did not stop", e);
        }
    }
}
