package dev.apprentice.judge;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Stands where Ollama and an OpenAI-compatible server would. Fields of type {@link Ollama} and {@link OpenAi} in the test class are filled in. */
public class OllamaResource implements QuarkusTestResourceLifecycleManager {

    private final WireMockServer server =
            new WireMockServer(WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());

    @Override
    public Map<String, String> start() {
        server.start();
        String address = "http://127.0.0.1:" + server.port();
        return Map.of(
                "apprentice.judge.ollama.url", address,
                "apprentice.judge.openai.url", address + "/v1",
                "apprentice.judge.openai.api-key", "secret");
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(new Ollama(server), new TestInjector.MatchesType(Ollama.class));
        injector.injectIntoFields(new OpenAi(server), new TestInjector.MatchesType(OpenAi.class));
    }

    @Override
    public void stop() {
        server.stop();
    }
}
