package dev.apprentice.acceptance.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.contracts.Json;
import dev.apprentice.local.system.Member;
import dev.apprentice.local.system.Ports;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Calls every endpoint in the services' OpenAPI descriptions, with broken bodies, media types, names and parameters. */
public final class HttpFuzz {

    /** The name of a run that has been trained for three steps. */
    public static final String RUN = "before-fuzz";

    private static final List<Member> SERVICES = List.of(
            Member.DATASET_SERVICE, Member.TRAINER_SERVICE, Member.INFERENCE_SERVICE, Member.JUDGE_SERVICE);
    private static final int UNAVAILABLE = 503;
    private static final String EVENTS = "text/event-stream";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Pattern PARAMETER = Pattern.compile("\\{[^}]+}");
    private static final List<String> NAMES = List.of(
            "fuzz", RUN, RUN, "0", "-1", "2147483648", "a;b", "%00", "%2e%2e", "%0a", "%F0%9F%98%80", "a%2Fb", "x".repeat(300), "=1");
    private static final List<String> TYPES = List.of(
            "application/json", "application/json", "application/json", "application/json", "application/json",
            "application/x-ndjson", "text/plain", "text/csv", "application/x-www-form-urlencoded", "nonsense");
    private static final Map<String, String> BODIES = Map.of(
            "/datasets/{name}", "[{\"instruction\": \"Sing.\", \"input\": \"\", \"output\": \"La.\"}]",
            "/datasets/{name}/instructions", "{\"id\": \"a\", \"instruction\": \"Sing.\", \"output\": \"La.\"}",
            "/runs", "{\"run\": \"fuzz\", \"model\": {\"location\": \"/nowhere\"}, \"data\": {\"dataset\": \"fuzz\"},"
                    + " \"training\": {\"epochs\": 1, \"batchSize\": 2, \"learningRate\": 5e-5}, \"generation\": {\"maxNewTokens\": 4}}",
            "/ask", "{\"instruction\": \"Sing.\", \"input\": \"\", \"run\": \"" + RUN + "\", \"step\": 0, \"maxNewTokens\": 2,"
                    + " \"stream\": true}",
            "/pairwise", "{\"first\": {\"run\": \"" + RUN + "\", \"step\": 0},"
                    + " \"second\": {\"run\": \"" + RUN + "\", \"step\": 3}, \"judge\": \"x\"}",
            "/judges/check", "{\"judge\": \"metric:chrf\"}",
            "/runs/{run}/regrade", "{\"judge\": \"metric:chrf\"}",
            "/agreement/{run}/{step}", "[{\"example\": \"0\", \"score\": 1}]");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Ports ports;
    private final JsonMutation mutation;
    private final List<String> faults = new ArrayList<>();

    public HttpFuzz(Ports ports, JsonMutation mutation) {
        this.ports = ports;
        this.mutation = mutation;
    }

    /**
     * Sends this many requests to each endpoint.
     *
     * @return the requests that got a server error, a 400 without a reason, or no response
     */
    public List<String> run(int requests) throws IOException, InterruptedException {
        for (Member service : SERVICES) {
            JsonNode paths = description(service).path("paths");
            if (paths.isEmpty()) {
                faults.add(service + " describes no call");
            }
            for (Map.Entry<String, JsonNode> path : paths.properties()) {
                for (Map.Entry<String, JsonNode> call : path.getValue().properties()) {
                    boolean streams = call.getValue().toString().contains(EVENTS);
                    for (int i = 0; i < requests; i++) {
                        send(service, call.getKey().toUpperCase(Locale.ROOT), path.getKey(), streams);
                    }
                }
            }
        }
        return faults;
    }

    private JsonNode description(Member service) throws IOException, InterruptedException {
        URI description = ports.url(service).resolve("/q/openapi?format=json");
        return Json.MAPPER.readTree(http.send(HttpRequest.newBuilder(description).build(), BodyHandlers.ofString()).body());
    }

    /** Sends one request. @param streams whether the endpoint can answer with events */
    private void send(Member service, String method, String path, boolean streams) throws InterruptedException {
        Matcher parameters = PARAMETER.matcher(path);
        String address = ports.url(service) + parameters.replaceAll(name -> Matcher.quoteReplacement(mutation.pick(NAMES)))
                + mutation.pick(List.of("", "", "?step=" + mutation.pick(NAMES), "?limit=-1&offset=x&sort=%00", "?runs=a,b@x&check=true"));
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address)).timeout(PATIENCE);
        byte[] body = method.equals("POST") || method.equals("PUT") ? mutation.of(BODIES.getOrDefault(path, "{}")) : new byte[0];
        if (body.length > 0) {
            request.header("Content-Type", mutation.pick(TYPES)).method(method, BodyPublishers.ofByteArray(body));
        } else {
            request.method(method, BodyPublishers.noBody());
        }
        if (streams) {
            request.header("Accept", mutation.pick(List.of(EVENTS, EVENTS + ", application/problem+json", "application/json")))
                    .header("Last-Event-ID", mutation.pick(NAMES));
        }
        try {
            HttpResponse<InputStream> answer = http.send(request.build(), BodyHandlers.ofInputStream());
            String said = text(answer, method);
            boolean failed = answer.statusCode() >= 500 && answer.statusCode() != UNAVAILABLE;
            boolean withoutReason = answer.statusCode() == 400 && said.isBlank();
            if (failed || withoutReason || said.contains("Source: REDACTED")) {
                faults.add(service + " " + method + " " + address + " " + request.build().headers().map() + " "
                        + shown(body) + ": " + answer.statusCode() + " " + said);
            }
        } catch (IOException e) {
            faults.add(service + " " + method + " " + address + " " + shown(body) + ": " + e);
        }
    }

    /** Returns the whole body; empty for a run's progress, which may not end soon. */
    private static String text(HttpResponse<InputStream> answer, String method) throws IOException {
        boolean endless = method.equals("GET") && answer.headers().firstValue("Content-Type").orElse("").startsWith(EVENTS);
        try (InputStream body = answer.body()) {
            return endless ? "" : new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String shown(byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8);
        return text.length() <= 400 ? text : text.substring(0, 400) + "… (" + body.length + " bytes)";
    }
}
