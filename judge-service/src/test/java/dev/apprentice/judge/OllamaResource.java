package dev.apprentice.judge;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Stands where Ollama would. Fields of type {@link Ollama} in the test class are filled in. */
public class OllamaResource implements QuarkusTestResourceLifecycleManager {

    private final WireMockServer server =
            new WireMockServer(WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());

    @Override
    public Map<String, String> start() {
        server.start();
        return Map.of("apprentice.judge.ollama.url", "http://127.0.0.1:" + server.port());
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(new Ollama(server), new TestInjector.MatchesType(Ollama.class));
    }

    @Override
    public void stop() {
        server.stop();
    }
}
