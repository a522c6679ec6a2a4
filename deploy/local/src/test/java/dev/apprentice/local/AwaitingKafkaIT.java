package dev.apprentice.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.apprentice.contracts.Instruction;
import dev.apprentice.contracts.Topics;
import dev.apprentice.local.broker.KafkaBroker;
import dev.apprentice.testkit.FreePort;
import dev.apprentice.testkit.KafkaTopics;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged services, each as {@code java -jar} with environment variables only, started before there is a broker. At the
 * same time, for starting them takes most of the time.
 */
class AwaitingKafkaIT {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final List<String> SERVICES = List.of("dataset", "trainer", "inference", "judge");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> addresses = new LinkedHashMap<>();
    private final List<Process> processes = new ArrayList<>();

    @TempDir
    Path folder;

    @AfterEach
    void stop() throws InterruptedException {
        for (Process process : processes) {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void isLiveButNotReadyUntilTheBrokerComesAndThenWorks() throws Exception {
        int brokerPort = FreePort.find();
        for (String service : SERVICES) {
            start(service, brokerPort);
        }
        for (String address : addresses.values()) {
            await().atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(() -> get(address + "/q/health/live").statusCode() == 200);
            await().atMost(PATIENCE).untilAsserted(() -> {
                HttpResponse<String> ready = get(address + "/q/health/ready");
                assertThat(ready.statusCode()).isEqualTo(503);
                assertThat(ready.body()).contains("Kafka at 127.0.0.1:" + brokerPort + " cannot be used");
            });
        }
        try (KafkaBroker broker = KafkaBroker.start(folder.resolve("broker"), brokerPort);
                KafkaTopics topics = new KafkaTopics(broker.bootstrapServers())) {
            for (String address : addresses.values()) {
                await().atMost(PATIENCE).until(() -> get(address + "/q/health/ready").statusCode() == 200);
                assertThat(get(address + "/q/metrics").body()).contains("apprentice_");
                assertThat(get(address + "/q/openapi").body()).contains("paths:");
            }
            topics.publish(Topics.INSTRUCTIONS, new Instruction("songs", "one", "Sing.", "", "La."));
            String songs = addresses.get("dataset") + "/datasets/songs";
            await().atMost(PATIENCE).until(() -> get(songs).statusCode() == 200);
            stop(); // before the broker
        }
    }

    private void start(String service, int brokerPort) throws IOException {
        int port = FreePort.find();
        Path jar = Path.of(System.getProperty("apprentice.root"), service + "-service/target/quarkus-app/quarkus-run.jar");
        String java = ProcessHandle.current().info().command().orElse("java");
        ProcessBuilder builder = new ProcessBuilder(
                java, "-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-jar", jar.toString());
        builder.environment().putAll(Map.of(
                "QUARKUS_HTTP_HOST", "127.0.0.1",
                "QUARKUS_HTTP_PORT", String.valueOf(port),
                "KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + brokerPort,
                "APPRENTICE_" + service.toUpperCase(Locale.ROOT) + "_HOME", folder.resolve(service).toString()));
        processes.add(builder.redirectErrorStream(true)
                .redirectOutput(folder.resolve(service + ".log").toFile())
                .start());
        addresses.put(service, "http://127.0.0.1:" + port);
    }

    private HttpResponse<String> get(String address) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(address)).build(), BodyHandlers.ofString());
    }
}
