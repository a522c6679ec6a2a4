package dev.apprentice.judge.judges.judging;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.chat.OllamaDigest;
import dev.apprentice.chat.WebPage;
import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.run.JudgeName;
import dev.apprentice.contracts.run.JudgeName.Server;
import dev.apprentice.judge.JudgeSettings;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Checks a judge's name and server, so that a mistake shows before a run is requested instead of after an hour of training. */
@ApplicationScoped
public class JudgeCheck {

    private static final Duration TIMEOUT = Duration.ofSeconds(3);
    private static final int SHOWN = 8;

    private final JudgeSettings settings;
    private final Judges judges;
    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();

    JudgeCheck(JudgeSettings settings, Judges judges) {
        this.settings = settings;
        this.judges = judges;
    }

    /**
     * The result of checking one judge.
     *
     * @param judge its name
     * @param ok whether it can grade now, as far as can be known without asking a question
     * @param address the address of its model's server; empty for a metric or an invalid name
     * @param problem what is wrong, in one sentence; empty if nothing is
     * @param wayOut how to fix it, in one sentence
     */
    public record Finding(
            String judge, boolean ok, Optional<String> address, Optional<String> problem, Optional<String> wayOut) {

        private static Finding good(JudgeName name, Optional<String> address) {
            return new Finding(name.text(), true, address, Optional.empty(), Optional.empty());
        }

        private static Finding bad(JudgeName name, Optional<URI> address, String problem, String wayOut) {
            return new Finding(
                    name.text(), false, address.map(URI::toString), Optional.of(problem), Optional.of(wayOut));
        }
    }

    /**
     * Checks each of these judges and asks its server which models it has. Takes at most 3 seconds a judge.
     *
     * @param names the judges, separated by commas, at most {@link JudgeName#MOST}
     */
    public List<Finding> of(String names) {
        return JudgeName.listOf(names).stream().limit(JudgeName.MOST).map(this::of).toList();
    }

    private Finding of(JudgeName name) {
        Optional<String> problem = judges.problem(name);
        if (problem.isPresent()) {
            return Finding.bad(name, Optional.empty(), problem.get(), "Choose another judge.");
        }
        return switch (name.server()) {
            case METRIC -> Finding.good(name, Optional.empty());
            case OLLAMA -> reach(name, settings.ollama().url(), "/api/tags", "models", "name");
            case OPENAI -> reach(name, settings.openai().url(), "/models", "data", "id");
        };
    }

    private Finding reach(JudgeName name, URI url, String path, String list, String field) {
        try {
            HttpResponse<String> answer = client.send(request(name, url, path), HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() == 200) {
                return WebPage.isOne(answer.body())
                        ? webPage(name, url)
                        : listed(name, url, models(answer.body(), list, field));
            }
            return unlisted(name, url, answer.statusCode());
        } catch (IOException e) {
            return absent(name, url, e instanceof HttpTimeoutException ? "does not answer within 3 s" : "does not answer (no connection)");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return absent(name, url, "did not answer before this service was stopped");
        }
    }

    private HttpRequest request(JudgeName name, URI url, String path) {
        String base = url.toString().replaceAll("/+$", "");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path)).timeout(TIMEOUT).GET();
        if (name.server() == Server.OPENAI) {
            settings.openai().apiKey().ifPresent(key -> request.header("Authorization", "Bearer " + key));
        }
        return request.build();
    }

    /** Returns the models that a server lists; empty if it lists none or the list cannot be read. */
    private static List<String> models(String body, String list, String field) {
        List<String> models = new ArrayList<>();
        try {
            for (JsonNode model : Json.MAPPER.readTree(body).path(list)) {
                models.add(model.path(field).asText());
            }
        } catch (JsonProcessingException e) { // not a list of models; the first question will show whether the model exists
            return List.of();
        }
        return models;
    }

    private static Finding listed(JudgeName name, URI url, List<String> models) {
        boolean ollama = name.server() == Server.OLLAMA;
        boolean there = models.contains(name.model()) || ollama && models.contains(name.model() + OllamaDigest.USUAL_TAG);
        if (there || !ollama && models.isEmpty()) {
            return Finding.good(name, Optional.of(url.toString()));
        }
        String has = models.isEmpty() ? "none at all" : String.join(", ", models.stream().limit(SHOWN).toList())
                + (models.size() > SHOWN ? " and " + (models.size() - SHOWN) + " more" : "");
        return Finding.bad(
                name,
                Optional.of(url),
                (ollama ? "Ollama" : "The server") + " at " + url + " has no model '" + name.model() + "'; it has " + has + ".",
                ollama ? "ollama pull " + name.model() : "Choose one of these as openai:MODEL.");
    }

    private static Finding webPage(JudgeName name, URI url) {
        return Finding.bad(
                name, Optional.of(url), "The address " + url + " answers with a web page, not with a model's interface.",
                name.server() == Server.OLLAMA
                        ? "Set APPRENTICE_JUDGE_OLLAMA_URL for judge-service to Ollama's address."
                        : "Set APPRENTICE_JUDGE_OPENAI_URL for judge-service to the server's address, up to and with its"
                                + " version, such as http://localhost:8000/v1.");
    }

    /** Returns the finding for a server that does not list its models, which an OpenAI-compatible server need not do. */
    private static Finding unlisted(JudgeName name, URI url, int status) {
        if (name.server() == Server.OPENAI && (status == 401 || status == 403)) {
            return Finding.bad(
                    name, Optional.of(url), "The server at " + url + " does not accept the key (status " + status + ").",
                    "Set APPRENTICE_JUDGE_OPENAI_API_KEY for judge-service and start it again.");
        }
        return name.server() == Server.OPENAI
                ? Finding.good(name, Optional.of(url.toString()))
                : absent(name, url, "does not answer as Ollama does (status " + status + ")");
    }

    private static Finding absent(JudgeName name, URI url, String how) {
        return name.server() == Server.OLLAMA
                ? Finding.bad(
                        name, Optional.of(url), "Ollama at " + url + " " + how + ".",
                        "Start it with `ollama serve`, or set APPRENTICE_JUDGE_OLLAMA_URL for judge-service.")
                : Finding.bad(
                        name, Optional.of(url), "The server at " + url + " " + how + ".",
                        "Start it, or set APPRENTICE_JUDGE_OPENAI_URL for judge-service.");
    }
}
