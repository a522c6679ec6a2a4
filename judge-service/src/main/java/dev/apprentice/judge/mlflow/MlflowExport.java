package dev.apprentice.judge.mlflow;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.event.Checkpoint;
import dev.apprentice.judge.mlflow.RunNews.Metric;
import dev.apprentice.judge.mlflow.TrackingServer.RefusedException;
import dev.apprentice.service.log.RepeatedWarning;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Exports runs to an MLflow tracking server. The export is idempotent: a run is found by its tag, and MLflow stores equal
 * parameters and tags, and metrics of equal time and step, only once.
 */
final class MlflowExport {

    /** The tag that identifies one of our runs. */
    static final String RUN_TAG = "apprentice.run";

    private static final Logger LOG = Logger.getLogger(MlflowExport.class);
    private static final int MOST_METRICS = 1_000;
    private static final int MOST_PARAMETERS = 100;

    private final TrackingServer server;
    private final String experimentName;
    private final Map<String, String> runIds;
    private final RepeatedWarning refused = new RepeatedWarning(LOG);
    private Optional<String> experiment = Optional.empty();

    /** @param runIds MLflow's ids by our runs' names, as far as they are known; may be a cache that evicts */
    MlflowExport(TrackingServer server, String experimentName, Map<String, String> runIds) {
        this.server = server;
        this.experimentName = experimentName;
        this.runIds = runIds;
    }

    /**
     * Exports a run's news. What the server refuses permanently is left out and logged.
     *
     * @throws IOException if the server is away; everything may be exported again
     */
    void export(String run, RunNews news) throws IOException, InterruptedException {
        try {
            String id = runId(run, news);
            for (int from = 0; from < news.metrics.size(); from += MOST_METRICS) {
                log(id, "metrics", metrics(news.metrics.subList(from, Math.min(from + MOST_METRICS, news.metrics.size()))));
            }
            List<Map.Entry<String, String>> parameters = List.copyOf(news.parameters.entrySet());
            for (int from = 0; from < parameters.size(); from += MOST_PARAMETERS) {
                log(id, "params", pairs(parameters.subList(from, Math.min(from + MOST_PARAMETERS, parameters.size()))));
            }
            if (!news.tags.isEmpty()) {
                log(id, "tags", pairs(List.copyOf(news.tags.entrySet())));
            }
            for (Checkpoint model : news.models) {
                register(run, id, model);
            }
            if (news.status.isPresent()) {
                ObjectNode update = object().put("run_id", id).put("status", news.status.get());
                news.ended.ifPresent(at -> update.put("end_time", at.toEpochMilli()));
                ask("runs/update", update);
            }
        } catch (RefusedException e) {
            refused.warn("run " + run + " is only partly registered at MLflow: " + e.getMessage(), null);
        }
    }

    private void log(String id, String what, ArrayNode entries) throws IOException, InterruptedException {
        ObjectNode batch = object().put("run_id", id);
        batch.set(what, entries);
        ask("runs/log-batch", batch);
    }

    /** Sends a call. If the server refuses it, the export continues without it. */
    private void ask(String call, ObjectNode body) throws IOException, InterruptedException {
        try {
            server.post(call, body);
        } catch (RefusedException e) {
            refused.warn(e.getMessage() + "; it is left out", null);
        }
    }

    private String runId(String run, RunNews news) throws IOException, RefusedException, InterruptedException {
        String known = runIds.get(run);
        if (known != null) {
            return known;
        }
        String in = experimentId();
        ObjectNode search = object().put("filter", "tags.`" + RUN_TAG + "` = '" + run + "'").put("max_results", 1);
        search.putArray("experiment_ids").add(in);
        JsonNode found = server.post("runs/search", search).at("/runs/0/info/run_id");
        String id = found.isMissingNode() ? create(run, in, news.began) : found.asText();
        runIds.put(run, id);
        return id;
    }

    private String create(String run, String in, Instant began) throws IOException, RefusedException, InterruptedException {
        ObjectNode create = object().put("experiment_id", in).put("run_name", run).put("start_time", began.toEpochMilli());
        create.set("tags", pairs(List.of(
                Map.entry(RUN_TAG, run), Map.entry("mlflow.source.name", "apprentice"), Map.entry("mlflow.source.type", "JOB"))));
        return server.post("runs/create", create).at("/run/info/run_id").asText();
    }

    private String experimentId() throws IOException, RefusedException, InterruptedException {
        if (experiment.isEmpty()) {
            experiment = Optional.of(findOrMakeExperiment());
        }
        return experiment.get();
    }

    private String findOrMakeExperiment() throws IOException, RefusedException, InterruptedException {
        try {
            return server.get("experiments/get-by-name", Map.of("experiment_name", experimentName))
                    .at("/experiment/experiment_id").asText();
        } catch (RefusedException e) {
            if (!e.isAbout("RESOURCE_DOES_NOT_EXIST")) {
                throw e;
            }
            return server.post("experiments/create", object().put("name", experimentName)).path("experiment_id").asText();
        }
    }

    /**
     * Registers the last checkpoint as a version of a model. The model has the run's name, and gets a version each time the run
     * ends.
     */
    private void register(String run, String id, Checkpoint checkpoint) throws IOException, RefusedException, InterruptedException {
        try {
            server.post("registered-models/create", object().put("name", run));
        } catch (RefusedException e) {
            if (!e.isAbout("RESOURCE_ALREADY_EXISTS")) {
                throw e;
            }
        }
        String source = source(checkpoint);
        JsonNode versions = server.get("model-versions/search", Map.of("filter", "name='" + run + "'")).path("model_versions");
        for (JsonNode version : versions) {
            if (version.path("source").asText().equals(source)) {
                return;
            }
        }
        ObjectNode create = object().put("name", run).put("source", source).put("run_id", id);
        create.set("tags", pairs(List.of(
                Map.entry("apprentice.checkpoint", run + "@" + checkpoint.step()),
                Map.entry("apprentice.location", checkpoint.uri()),
                Map.entry("apprentice.digest", checkpoint.digest()))));
        server.post("model-versions/create", create);
    }

    /**
     * Returns the model's source. MLflow's server rejects files outside its own folders, so for a file the location is only in a
     * tag.
     */
    private static String source(Checkpoint checkpoint) {
        boolean file = checkpoint.uri().startsWith("file:") || checkpoint.uri().startsWith("/");
        return file ? "apprentice:///" + checkpoint.run() + "@" + checkpoint.step() : checkpoint.uri();
    }

    private static ArrayNode metrics(List<Metric> metrics) {
        ArrayNode all = Json.MAPPER.createArrayNode();
        metrics.forEach(metric -> all.addObject()
                .put("key", metric.key())
                .put("value", metric.value())
                .put("timestamp", metric.timestamp())
                .put("step", metric.step()));
        return all;
    }

    private static ArrayNode pairs(List<Map.Entry<String, String>> entries) {
        ArrayNode all = Json.MAPPER.createArrayNode();
        entries.forEach(entry -> all.addObject().put("key", entry.getKey()).put("value", entry.getValue()));
        return all;
    }

    private static ObjectNode object() {
        return Json.MAPPER.createObjectNode();
    }
}
