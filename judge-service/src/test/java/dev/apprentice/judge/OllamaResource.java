package dev.apprentice.judge;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import dev.apprentice.judge.mlflow.FakeMlflow;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/**
 * A fake of Ollama, an OpenAI-compatible server and MLflow. It sets fields of type {@link Ollama}, {@link OpenAi} and
 * {@link FakeMlflow} in the test class.
 */
public class OllamaResource implements QuarkusTestResourceLifecycleManager {

    private final WireMockServer server =
            new WireMockServer(WireMockConfiguration.options().bindAddress("127.0.0.1").dynamicPort());

    private final FakeMlflow mlflow = new FakeMlflow();

    @Override
    public Map<String, String> start() {
        server.start();
        String address = "http://127.0.0.1:" + server.port();
        return Map.of(
                "apprentice.judge.ollama.url", address,
                "apprentice.judge.openai.url", address + "/v1",
                "apprentice.judge.openai.api-key", "secret",
                "mlflow.tracking.uri", mlflow.address(),
                "mlflow.retry-every", "0.3s");
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(new Ollama(server), new TestInjector.MatchesType(Ollama.class));
        injector.injectIntoFields(new OpenAi(server), new TestInjector.MatchesType(OpenAi.class));
        injector.injectIntoFields(mlflow, new TestInjector.MatchesType(FakeMlflow.class));
    }

    @Override
    public void stop() {
        server.stop();
        mlflow.close();
    }
}
