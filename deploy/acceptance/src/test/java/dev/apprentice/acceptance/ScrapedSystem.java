package dev.apprentice.acceptance;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.contracts.Json;
import dev.apprentice.local.system.Member;
import dev.apprentice.local.system.Ports;
import dev.apprentice.testkit.FreePort;
import dev.apprentice.testkit.Prometheus;
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
import java.util.stream.Stream;

/** A Prometheus that scrapes a running system with the configuration of {@code deploy/prometheus}, only more often. */
final class ScrapedSystem implements AutoCloseable {

    private static final Path DEPLOY = Path.of("").toAbsolutePath().getParent();
    private static final List<Member> SERVICES = List.of(
            Member.DATASET_SERVICE, Member.TRAINER_SERVICE, Member.INFERENCE_SERVICE, Member.JUDGE_SERVICE);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Process process;
    private final URI address;

    private ScrapedSystem(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /** Returns once each service was scraped twice and the recording rules were evaluated on that. */
    static ScrapedSystem begin(Ports ports, Path folder) throws IOException {
        Files.createDirectories(folder);
        String configuration = Files.readString(DEPLOY.resolve("prometheus/prometheus.yml"))
                .replace("scrape_interval: 5s", "scrape_interval: 1s")
                .replace("evaluation_interval: 15s", "evaluation_interval: 1s");
        for (Member service : SERVICES) {
            configuration = configuration.replaceAll(service.id() + ":\\d+", "127.0.0.1:" + ports.of(service));
        }
        for (String rules : List.of("recording.yml", "alerts.yml")) {
            Files.copy(DEPLOY.resolve("prometheus").resolve(rules), folder.resolve(rules));
        }
        Path file = Files.writeString(folder.resolve("prometheus.yml"), configuration);
        int port = FreePort.find();
        ScrapedSystem scraped = new ScrapedSystem(
                Prometheus.start(file, folder.resolve("data"), port, folder.resolve("log")), URI.create("http://127.0.0.1:" + port));
        await().atMost(Duration.ofSeconds(60)).ignoreExceptions().until(() ->
                scraped.query("count(count_over_time(up[1m]) > 1 and up == 1)").findPath("value").path(1).asText().equals("4")
                        && scraped.query("apprentice:disk_free:ratio").size() >= SERVICES.size());
        return scraped;
    }

    /** The series that an expression gives now. */
    JsonNode query(String expression) throws IOException {
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

    /** Every query of every dashboard, by the dashboard's and the panel's title; a rate's interval is a minute. */
    static List<Query> dashboards() throws IOException {
        List<Query> queries = new ArrayList<>();
        try (Stream<Path> files = Files.list(DEPLOY.resolve("grafana/dashboards"))) {
            for (Path file : files.toList()) {
                JsonNode dashboard = Json.MAPPER.readTree(file.toFile());
                dashboard.path("panels").forEach(panel -> panel.path("targets").forEach(target -> queries.add(new Query(
                        dashboard.path("title").asText() + ", " + panel.path("title").asText(),
                        target.path("expr").asText().replace("$__rate_interval", "1m")))));
            }
        }
        return queries;
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().join();
    }

    /** A query and where it stands. */
    record Query(String place, String expression) {}
}
