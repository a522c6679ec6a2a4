package dev.apprentice.testkit;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.contracts.Json;
import dev.apprentice.local.broker.FreePort;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** A Prometheus that scrapes running services with the configuration of {@code deploy/prometheus}, only more often. */
public final class ScrapingPrometheus implements AutoCloseable {

    private static final Pattern LABEL = Pattern.compile("\\{\\{\\s*(\\w+)\\s*}}");

    private static final Pattern METRIC = Pattern.compile("\\b(apprentice[_:]|kafka_|process_|jvm_|http_server_)[a-z0-9_:]+");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final URI address;

    private ScrapingPrometheus(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /**
     * Starts Prometheus. Returns when each service was scraped twice and the recording rules were evaluated.
     *
     * @param deploy the project's folder of that name
     * @param services the services' ports on this machine, by name; other services of the configuration do not run
     * @param folder the folder for Prometheus's files
     */
    public static ScrapingPrometheus begin(Path deploy, Map<String, Integer> services, Path folder) throws IOException {
        Files.createDirectories(folder);
        String configuration = Files.readString(deploy.resolve("prometheus/prometheus.yml"))
                .replace("scrape_interval: 5s", "scrape_interval: 1s")
                .replace("evaluation_interval: 15s", "evaluation_interval: 1s");
        for (Map.Entry<String, Integer> service : services.entrySet()) {
            configuration = configuration.replaceAll(service.getKey() + ":\\d+", "127.0.0.1:" + service.getValue());
        }
        for (String rules : List.of("recording.yml", "alerts.yml")) {
            Files.copy(deploy.resolve("prometheus").resolve(rules), folder.resolve(rules));
        }
        Path file = Files.writeString(folder.resolve("prometheus.yml"), configuration);
        int port = FreePort.find();
        ScrapingPrometheus scraping = new ScrapingPrometheus(
                Prometheus.start(file, folder.resolve("data"), port, folder.resolve("log")), URI.create("http://127.0.0.1:" + port));
        String all = String.valueOf(services.size());
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() ->
                scraping.query("count(count_over_time(up[1m]) > 1 and up == 1)").findPath("value").path(1).asText().equals(all)
                        && scraping.query("apprentice:disk_free:ratio").size() >= services.size());
        return scraping;
    }

    /** Returns the series that an expression gives now. */
    public JsonNode query(String expression) throws IOException {
        URI uri = address.resolve("/api/v1/query?query=" + URLEncoder.encode(expression, StandardCharsets.UTF_8));
        try {
            HttpResponse<String> answer =
                    http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new IOException(expression + " is no query: " + answer.body());
            }
            return Json.MAPPER.readTree(answer.body()).path("data").path("result");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    /** Returns the queries whose result is empty, or lacks a label that the panel's legend names. */
    public List<Query> silent(List<Query> queries) throws IOException {
        List<Query> silent = new ArrayList<>();
        for (Query query : queries) {
            JsonNode series = query(query.expression());
            boolean labelled = StreamSupport.stream(series.spliterator(), false)
                    .allMatch(each -> query.labels().stream().allMatch(each.path("metric")::has));
            if (series.isEmpty() || !labelled) {
                silent.add(query);
            }
        }
        return silent;
    }

    /** Returns every query of every dashboard, named by the dashboard's and the panel's title; rates use one minute. */
    public static List<Query> dashboards(Path deploy) throws IOException {
        List<Query> queries = new ArrayList<>();
        try (Stream<Path> files = Files.list(deploy.resolve("grafana/dashboards"))) {
            for (Path file : files.toList()) {
                JsonNode dashboard = Json.MAPPER.readTree(file.toFile());
                dashboard.path("panels").forEach(panel -> panel.path("targets").forEach(target -> queries.add(new Query(
                        dashboard.path("title").asText() + ", " + panel.path("title").asText(),
                        target.path("expr").asText().replace("$__rate_interval", "1m"),
                        LABEL.matcher(target.path("legendFormat").asText()).results().map(label -> label.group(1)).toList()))));
            }
        }
        return queries;
    }

    /** Returns a query for every metric that a rule or an alert names. An alert on a metric that no service has would never fire. */
    public static List<Query> metricsOfRules(Path deploy) throws IOException {
        List<Query> queries = new ArrayList<>();
        for (String rules : List.of("recording.yml", "alerts.yml")) {
            METRIC.matcher(Files.readString(deploy.resolve("prometheus").resolve(rules))).results()
                    .map(MatchResult::group).distinct()
                    .forEach(metric -> queries.add(new Query(rules, metric, List.of())));
        }
        return queries;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    /**
     * A query and its place.
     *
     * @param labels the labels that its legend shows
     */
    public record Query(String place, String expression, List<String> labels) {

        /** Tells whether it is about models that judge; without one, it gives nothing. */
        public boolean isAboutJudges() {
            return Stream.of("judge_answer", "judge_verdicts", "judge_away", "judge_retries", "judge_remembered", "judge_unscored")
                    .anyMatch(expression::contains);
        }
    }
}
