package dev.apprentice.judge.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.apprentice.contracts.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fake MLflow tracking server: the calls, fields, error codes and refusals of MLflow 3's REST interface that the export uses.
 */
public final class FakeMlflow implements AutoCloseable {

    private static final Pattern TAGGED = Pattern.compile("tags\\.`([^`]+)` = '([^']*)'");

    private final HttpServer server;
    private final Map<String, String> experiments = new TreeMap<>();
    private final Map<String, Run> runs = new LinkedHashMap<>();
    private final Set<String> models = new LinkedHashSet<>();
    private final List<Version> versions = new ArrayList<>();
    private final List<String> authorizations = new ArrayList<>();
    private int status = 200;

    public record Metric(String key, double value, long timestamp, int step) {}

    /** A run. Equal metrics are stored once, as in MLflow. */
    public record Run(
            String id, String name, long start, Map<String, String> tags, Map<String, String> parameters, Set<Metric> metrics,
            List<String> states) {

        public String status() {
            return states.get(states.size() - 1);
        }
    }

    public record Version(String name, String source, String runId, Map<String, String> tags) {}

    public FakeMlflow() {
        try {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/api/2.0/mlflow/", this::answer);
        server.start();
    }

    public String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** Sets the status of all further answers; 200 for correct answers. */
    public synchronized void answering(int status) {
        this.status = status;
    }

    public synchronized List<Run> runs(String name) {
        return runs.values().stream().filter(run -> run.name().equals(name)).toList();
    }

    public synchronized List<Version> versions(String name) {
        return versions.stream().filter(version -> version.name().equals(name)).toList();
    }

    synchronized Set<String> authorizations() {
        return Set.copyOf(authorizations);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String call = exchange.getRequestURI().getPath().substring("/api/2.0/mlflow/".length());
        JsonNode body = exchange.getRequestMethod().equals("GET")
                ? parameters(exchange) : Json.MAPPER.readTree(exchange.getRequestBody());
        int code;
        ObjectNode answer = Json.MAPPER.createObjectNode();
        synchronized (this) {
            authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
            code = status == 200 ? answer(call, body, answer) : status;
        }
        if (code == 401) {
            exchange.getResponseHeaders().add("WWW-Authenticate", "Basic realm=\"mlflow\"");
        }
        byte[] bytes = answer.toString().getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(code, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static ObjectNode parameters(HttpExchange exchange) {
        ObjectNode all = Json.MAPPER.createObjectNode();
        for (String pair : exchange.getRequestURI().getRawQuery().split("&")) {
            String[] parts = pair.split("=", 2);
            all.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return all;
    }

    private int answer(String call, JsonNode body, ObjectNode answer) {
        return switch (call) {
            case "experiments/get-by-name" -> {
                String id = experiments.get(body.path("experiment_name").asText());
                if (id == null) {
                    yield refuse(answer, 404, "RESOURCE_DOES_NOT_EXIST");
                }
                answer.putObject("experiment").put("experiment_id", id);
                yield 200;
            }
            case "experiments/create" -> {
                experiments.put(body.path("name").asText(), Integer.toString(experiments.size() + 1));
                answer.put("experiment_id", experiments.get(body.path("name").asText()));
                yield 200;
            }
            case "runs/search" -> {
                Matcher tag = TAGGED.matcher(body.path("filter").asText());
                boolean known = experiments.containsValue(body.at("/experiment_ids/0").asText());
                if (!known || !tag.matches()) {
                    yield refuse(answer, 400, "INVALID_PARAMETER_VALUE");
                }
                runs.values().stream().filter(run -> tag.group(2).equals(run.tags().get(tag.group(1)))).findFirst()
                        .ifPresent(run -> answer.putArray("runs").addObject().putObject("info").put("run_id", run.id()));
                yield 200;
            }
            case "runs/create" -> {
                String id = "%032x".formatted(runs.size() + 1);
                runs.put(id, new Run(id, body.path("run_name").asText(), body.path("start_time").asLong(),
                        pairs(body.path("tags")), new TreeMap<>(), new LinkedHashSet<>(), new ArrayList<>(List.of("RUNNING"))));
                answer.putObject("run").putObject("info").put("run_id", id);
                yield 200;
            }
            case "runs/log-batch" -> log(body, answer);
            case "runs/update" -> {
                runs.get(body.path("run_id").asText()).states().add(body.path("status").asText());
                yield 200;
            }
            case "registered-models/create" ->
                models.add(body.path("name").asText()) ? 200 : refuse(answer, 400, "RESOURCE_ALREADY_EXISTS");
            case "model-versions/search" -> {
                var all = answer.putArray("model_versions");
                versions.stream().filter(version -> body.path("filter").asText().equals("name='" + version.name() + "'"))
                        .forEach(version -> all.addObject().put("source", version.source()));
                yield 200;
            }
            case "model-versions/create" -> {
                String source = body.path("source").asText();
                if (source.startsWith("file:") || source.startsWith("/") || !models.contains(body.path("name").asText())) {
                    yield refuse(answer, 400, "INVALID_PARAMETER_VALUE");
                }
                versions.add(new Version(
                        body.path("name").asText(), source, body.path("run_id").asText(), pairs(body.path("tags"))));
                yield 200;
            }
            default -> refuse(answer, 404, "ENDPOINT_NOT_FOUND");
        };
    }

    private int log(JsonNode body, ObjectNode answer) {
        Run run = runs.get(body.path("run_id").asText());
        if (run == null || body.path("metrics").size() > 1000 || body.path("params").size() > 100) {
            return refuse(answer, 400, "INVALID_PARAMETER_VALUE");
        }
        for (Map.Entry<String, String> parameter : pairs(body.path("params")).entrySet()) {
            String before = run.parameters().putIfAbsent(parameter.getKey(), parameter.getValue());
            if (parameter.getValue().length() > 500 || before != null && !before.equals(parameter.getValue())) {
                return refuse(answer, 400, "INVALID_PARAMETER_VALUE");
            }
        }
        run.tags().putAll(pairs(body.path("tags")));
        for (JsonNode metric : body.path("metrics")) {
            if (!metric.path("key").asText().matches("[A-Za-z0-9_./ -]+") || !metric.path("timestamp").isIntegralNumber()) {
                return refuse(answer, 400, "INVALID_PARAMETER_VALUE");
            }
            run.metrics().add(new Metric(metric.path("key").asText(), metric.path("value").asDouble(),
                    metric.path("timestamp").asLong(), metric.path("step").asInt()));
        }
        return 200;
    }

    private static int refuse(ObjectNode answer, int status, String code) {
        answer.put("error_code", code).put("message", "refused: " + code);
        return status;
    }

    private static Map<String, String> pairs(JsonNode entries) {
        Map<String, String> all = new TreeMap<>();
        entries.forEach(entry -> all.put(entry.path("key").asText(), entry.path("value").asText()));
        return all;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
