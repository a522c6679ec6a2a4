package dev.apprentice.judge;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.MappingBuilder;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import dev.apprentice.contracts.Json;
import java.util.List;
import java.util.Map;

/** A fake Ollama whose models do what a test sets. */
public final class Ollama {

    private static final String CHAT = "/api/chat";

    private final WireMockServer server;

    Ollama(WireMockServer server) {
        this.server = server;
    }

    /** Returns the chat endpoint's answer when the model has written this text. */
    public static ResponseDefinitionBuilder answering(String text) {
        return answering(text, 120);
    }

    /** Like {@link #answering(String)}, for a question of this many tokens. */
    public static ResponseDefinitionBuilder answering(String text, int promptTokens) {
        try {
            return aResponse()
                    .withHeader("Content-Type", "application/json")
                    .withBody(Json.MAPPER.writeValueAsString(Map.of(
                            "model", "any",
                            "created_at", "2025-01-01T00:00:00Z",
                            "message", Map.of("role", "assistant", "content", text),
                            "done_reason", "stop",
                            "done", true,
                            "prompt_eval_count", promptTokens,
                            "eval_count", 2)));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** Sets what the model does: these answers in order, and the last one for ever. */
    public void model(String model, ResponseDefinitionBuilder... doings) {
        for (int turn = 0; turn < doings.length; turn++) {
            String now = turn == 0 ? Scenario.STARTED : "turn " + turn;
            String next = turn == doings.length - 1 ? now : "turn " + (turn + 1);
            server.stubFor(chat(model).inScenario(model).whenScenarioStateIs(now).willSetStateTo(next)
                    .willReturn(doings[turn]));
        }
    }

    /** Sets what the model does when it is asked about that response. */
    public void modelAbout(String model, String response, ResponseDefinitionBuilder doing) {
        server.stubFor(chat(model)
                .withRequestBody(matchingJsonPath(
                        "$.messages[0].content", containing("score the model response `" + response + "`")))
                .willReturn(doing));
    }

    /** Sets that the server lists this model with this digest. */
    public void lists(String model, String digest) {
        server.stubFor(get(urlEqualTo("/api/tags")).willReturn(okJson(
                "{\"models\": [{\"name\": \"" + model + "\", \"model\": \"" + model + "\", \"digest\": \"" + digest
                        + "\"}]}")));
    }

    /** Sets what the model does when its question contains this text; the last setting wins. */
    public void modelTold(String model, String part, ResponseDefinitionBuilder doing) {
        server.stubFor(chat(model)
                .withRequestBody(matchingJsonPath("$.messages[0].content", containing(part)))
                .willReturn(doing));
    }

    /** Returns the bodies of the questions to this model. */
    public List<JsonNode> questions(String model) {
        return server.findAll(postRequestedFor(urlEqualTo(CHAT))
                        .withRequestBody(matchingJsonPath("$.model", equalTo(model))))
                .stream()
                .map(request -> json(request.getBodyAsString()))
                .toList();
    }

    private static MappingBuilder chat(String model) {
        return post(urlEqualTo(CHAT)).withRequestBody(matchingJsonPath("$.model", equalTo(model)));
    }

    private static JsonNode json(String body) {
        try {
            return Json.MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
