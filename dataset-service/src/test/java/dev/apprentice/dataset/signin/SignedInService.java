package dev.apprentice.dataset.signin;

import dev.apprentice.dataset.TestHome;
import dev.apprentice.testkit.AccessControl;
import dev.apprentice.testkit.BrokerResource;
import io.quarkus.test.junit.QuarkusTestProfile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Configures the service for access from other machines: callers sign in with an API key or a token, over TLS. */
public class SignedInService implements QuarkusTestProfile {

    static final String VIEWER_KEY = "viewer-key-for-the-tests";
    static final String TRAINER_KEY = "trainer-key-for-the-tests";
    static final String BUSY_KEY = "busy-key-for-these-tests";
    static final int A_MINUTE = 60;
    static final String ISSUER = "https://issuer.test";
    static final String AUDIENCE = "apprentice";

    @Override
    public Map<String, String> getConfigOverrides() {
        try {
            Path folder = Files.createTempDirectory("apprentice-sign-in");
            Path keys = Files.writeString(folder.resolve("keys"), "# who may call\n\nreader:viewer:" + VIEWER_KEY
                    + "\nbusy:viewer:" + BUSY_KEY + "\n");
            return Map.ofEntries(
                    Map.entry("apprentice.sign-in.keys-file", keys.toString()),
                    Map.entry("apprentice.sign-in.keys", "ci:trainer:" + TRAINER_KEY),
                    Map.entry("apprentice.http.per-client.a-minute", String.valueOf(A_MINUTE)),
                    Map.entry("quarkus.oidc.application-type", "hybrid"),
                    Map.entry("quarkus.oidc.client-id", AUDIENCE),
                    Map.entry("quarkus.oidc.credentials.secret", "a-secret-of-32-characters-or-more"),
                    Map.entry("quarkus.oidc.token.issuer", ISSUER),
                    Map.entry("quarkus.oidc.token.audience", AUDIENCE),
                    Map.entry("quarkus.oidc.roles.role-claim-path", "groups"),
                    Map.entry("quarkus.tls.key-store.p12.path", AccessControl.keyStore(folder, "service.test").toString()),
                    Map.entry("quarkus.tls.key-store.p12.password", AccessControl.SECRET),
                    Map.entry("quarkus.http.insecure-requests", "disabled"),
                    Map.entry("quarkus.http.test-ssl-port", "0"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public List<TestResourceEntry> testResources() {
        return List.of(new TestResourceEntry(BrokerResource.class), new TestResourceEntry(TestHome.class), new TestResourceEntry(FakeIssuer.class));
    }
}
