package dev.apprentice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.apprentice.local.broker.KafkaBroker;
import dev.apprentice.testkit.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each packaged service alone, as {@code java -jar} with environment variables only, started before there is a broker. */
class AwaitingKafkaIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"dataset", "trainer", "inference", "judge"})
    void isLiveButNotReadyUntilTheBrokerComes(String service) throws Exception {
        int brokerPort = FreePort.find();
        int port = FreePort.find();
        Process process = start(service, port, brokerPort);
        try {
            String health = "http://127.0.0.1:" + port + "/q/health/";
            await().atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(() -> get(health + "live").statusCode() == 200);
            await().atMost(PATIENCE).untilAsserted(() -> {
                HttpResponse<String> ready = get(health + "ready");
                assertThat(ready.statusCode()).isEqualTo(503);
                assertThat(ready.body()).contains("Kafka at 127.0.0.1:" + brokerPort + " cannot be used");
            });
            try (KafkaBroker broker = KafkaBroker.start(folder.resolve("broker"), brokerPort)) {
                await().atMost(PATIENCE).until(() -> get(health + "ready").statusCode() == 200);
                assertThat(get("http://127.0.0.1:" + port + "/q/metrics").body()).contains("apprentice_");
                assertThat(get("http://127.0.0.1:" + port + "/q/openapi").body()).contains("paths:");
                process.destroyForcibly().waitFor();
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private Process start(String service, int port, int brokerPort) throws IOException {
        Path jar = Path.of(System.getProperty("apprentice.root"), service + "-service/target/quarkus-app/quarkus-run.jar");
        String java = ProcessHandle.current().info().command().orElse("java");
        ProcessBuilder builder = new ProcessBuilder(java, "-Xmx256m", "-jar", jar.toString());
        builder.environment().putAll(Map.of(
                "QUARKUS_HTTP_HOST", "127.0.0.1",
                "QUARKUS_HTTP_PORT", String.valueOf(port),
                "KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + brokerPort,
                "APPRENTICE_" + service.toUpperCase(Locale.ROOT) + "_HOME", folder.resolve("home").toString()));
        return builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve(service + ".log").toFile())
                .start();
    }

    private HttpResponse<String> get(String address) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
    }
}
