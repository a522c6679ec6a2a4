package dev.apprentice.local.system;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.contracts.Json;
import dev.apprentice.local.port.FreePorts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Asks whether a member takes work: a service by its health page, the broker by a TCP connection. */
final class ReadinessProbe {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int OK = 200;
    private static final int UNAVAILABLE = 503;

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();

    Readiness ask(Member member, Ports ports) {
        try {
            return member == Member.BROKER ? connect(ports.of(member)) : health(ports.url(member));
        } catch (IOException e) {
            return Readiness.notYet("it does not answer on port " + ports.of(member) + "; it is starting or ending");
        }
    }

    private static Readiness connect(int port) throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(FreePorts.LOOPBACK, port), (int) PATIENCE.toMillis());
            return Readiness.READY;
        }
    }

    private Readiness health(URI service) throws IOException {
        try {
            HttpResponse<String> ready = get(service.resolve("/q/health/ready"));
            if (ready.statusCode() != OK) {
                return Readiness.notYet(reason(ready.body()));
            }
            HttpResponse<String> well = get(service.resolve("/q/health/well"));
            return well.statusCode() == UNAVAILABLE ? Readiness.without(reason(well.body())) : Readiness.READY;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Readiness.notYet("the request was interrupted");
        }
    }

    private HttpResponse<String> get(URI page) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(page).timeout(PATIENCE).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Returns each check that is down with its data, such as {@code Kafka: localhost:9092 does not answer}. */
    static String reason(String health) throws IOException {
        List<String> reasons = new ArrayList<>();
        for (JsonNode check : Json.MAPPER.readTree(health).path("checks")) {
            if (!check.path("status").asText().equals("UP")) {
                reasons.add(check.path("name").asText() + data(check.path("data")));
            }
        }
        return reasons.isEmpty() ? "it is not ready and gives no reason" : String.join("; ", reasons);
    }

    private static String data(JsonNode data) {
        List<String> values = new ArrayList<>();
        for (Map.Entry<String, JsonNode> each : data.properties()) {
            values.add(each.getKey().equals("reason")
                    ? each.getValue().asText()
                    : each.getKey() + " " + each.getValue().asText());
        }
        return values.isEmpty() ? " is down" : ": " + String.join(", ", values);
    }
}
