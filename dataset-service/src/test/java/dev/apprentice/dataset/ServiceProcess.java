package dev.apprentice.dataset;

import static org.awaitility.Awaitility.await;

import dev.apprentice.local.broker.FreePort;
import dev.apprentice.testkit.PackagedService;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.awaitility.core.ConditionTimeoutException;

/** The service as it is deployed: {@code java -jar} with environment variables. */
final class ServiceProcess {

    private static final Duration PATIENCE = Duration.ofSeconds(180);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final String address;

    private ServiceProcess(Process process, String address) {
        this.process = process;
        this.address = address;
    }

    /** Starts the service and returns once it is live. Each batch is a transaction of its own, so there are many places to crash at. */
    static ServiceProcess start(Path home, String bootstrapServers) throws IOException {
        return start(home, bootstrapServers, "1");
    }

    static ServiceProcess start(Path home, String bootstrapServers, String batchesPerTransaction) throws IOException {
        int port = FreePort.find();
        Process process = PackagedService.start(
                "256m",
                Map.of(
                        "QUARKUS_HTTP_PORT", String.valueOf(port),
                        "QUARKUS_HTTP_HOST", "127.0.0.1",
                        "KAFKA_BOOTSTRAP_SERVERS", bootstrapServers,
                        "APPRENTICE_DATASET_HOME", home.toString(),
                        // the brokers' minimum, after which other instances take over a killed one's work
                        "MP_MESSAGING_CONNECTOR_SMALLRYE_KAFKA_SESSION_TIMEOUT_MS", "6000",
                        "APPRENTICE_DATASET_BATCHES_PER_TRANSACTION", batchesPerTransaction),
                new File("target/service-process.log"));
        ServiceProcess service = new ServiceProcess(process, "http://127.0.0.1:" + port);
        try {
            await().atMost(PATIENCE)
                    .ignoreExceptionsInstanceOf(IOException.class)
                    .until(() -> service.get("/q/health/live").statusCode() == 200);
        } catch (ConditionTimeoutException e) {
            service.process.destroyForcibly();
            throw e;
        }
        return service;
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(URI.create(address + path)).build(), BodyHandlers.ofString());
    }

    /** Returns a counter's value; 0 if it does not exist yet. */
    double counter(String name) throws IOException, InterruptedException {
        return get("/q/metrics").body().lines()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .sum();
    }

    void upload(String dataset, byte[] data) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(address + "/datasets/" + dataset))
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(data))
                .build();
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        if (response.statusCode() != 201) {
            throw new IOException(response.body());
        }
    }

    /** Returns the resident memory of the process, in MiB; Linux only. */
    long residentMiB() throws IOException {
        return PackagedService.residentMiB(process);
    }

    /** Kills the process with SIGKILL and waits until it has ended. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }
}
