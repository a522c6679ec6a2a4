package dev.apprentice.judge.mlflow;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.contracts.Json;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A client of MLflow's REST interface, version 2.0 (<a href="https://mlflow.org/docs/latest/rest-api.html">its reference</a>).
 */
final class TrackingServer {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final String API = "/api/2.0/mlflow/";
    /** Client errors that are not permanent: after the client's settings or the server are fixed, a repeated call may succeed. */
    private static final Set<Integer> NOT_FOR_GOOD = Set.of(401, 403, 407, 408, 425, 429);

    private final HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final URI address;
    private final Optional<String> authorization;
    private final Runnable beforeEachCall;

    /**
     * Creates the client without a call.
     *
     * @param address {@code http:} or {@code https:}, without a slash at the end
     * @param beforeEachCall shows that the thread is alive, however slow the server is
     */
    TrackingServer(URI address, Optional<String> authorization, Runnable beforeEachCall) {
        this.address = address;
        this.authorization = authorization;
        this.beforeEachCall = beforeEachCall;
    }

    /**
     * Creates a client of the server that the settings name.
     *
     * @throws IllegalArgumentException naming the setting, if it is not an HTTP address
     */
    static TrackingServer of(MlflowSettings.Tracking settings, Runnable beforeEachCall) {
        String text = settings.uri().orElseThrow().strip().replaceAll("/+$", "");
        if (!text.matches("(?i)https?://.+")) {
            throw new IllegalArgumentException("MLFLOW_TRACKING_URI is '" + text
                    + "'; it must be the http: or https: address of a tracking server");
        }
        Optional<String> basic = settings.username().map(name -> "Basic " + Base64.getEncoder().encodeToString(
                (name + ":" + settings.password().orElse("")).getBytes(StandardCharsets.UTF_8)));
        return new TrackingServer(URI.create(text), settings.token().map(token -> "Bearer " + token).or(() -> basic), beforeEachCall);
    }

    /** The server refuses a call permanently; the message has the server's reason. */
    static final class RefusedException extends Exception {

        private final String code;

        RefusedException(String code, String message) {
            super(message);
            this.code = code;
        }

        boolean isAbout(String errorCode) {
            return code.equals(errorCode);
        }
    }

    /**
     * Sends a GET request with parameters.
     *
     * @throws IOException if the server is away, or does not accept the call at the moment
     */
    JsonNode get(String call, Map<String, String> parameters) throws IOException, RefusedException, InterruptedException {
        StringBuilder query = new StringBuilder();
        parameters.forEach((name, value) -> query.append(query.isEmpty() ? '?' : '&')
                .append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return send(call, request(call + query).GET());
    }

    /**
     * Sends a POST request with a JSON body.
     *
     * @throws IOException if the server is away, or does not accept the call at the moment
     */
    JsonNode post(String call, JsonNode body) throws IOException, RefusedException, InterruptedException {
        return send(call, request(call)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString())));
    }

    private HttpRequest.Builder request(String call) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + API + call)).timeout(PATIENCE);
        authorization.ifPresent(value -> request.header("Authorization", value));
        return request;
    }

    private JsonNode send(String call, HttpRequest.Builder request) throws IOException, RefusedException, InterruptedException {
        beforeEachCall.run();
        HttpResponse<String> response;
        try {
            response = http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new IOException("MLflow at " + address.getHost() + " does not answer: "
                    + (e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage()), e);
        }
        JsonNode answer = json(response.body());
        int status = response.statusCode();
        if (status == 200) {
            return answer;
        }
        String words = "MLflow at " + address.getHost() + " answers " + call + " with " + status + ": "
                + answer.path("message").asText("no reason given");
        if (status >= 500 || status < 400 || NOT_FOR_GOOD.contains(status)) {
            throw new IOException(words);
        }
        throw new RefusedException(answer.path("error_code").asText(), words);
    }

    private static JsonNode json(String body) {
        try {
            return Json.MAPPER.readTree(body == null || body.isBlank() ? "{}" : body);
        } catch (JsonProcessingException e) {
            return Json.MAPPER.createObjectNode(); // for example a page of a proxy; the status suffices
        }
    }
}
