package dev.apprentice.judge;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
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
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import dev.apprentice.contracts.Json;
import java.util.List;
import java.util.Map;

/** A server that speaks OpenAI's protocol and does what a test tells it to, model by model. */
public final class OpenAi {

    private static final String CHAT = "/v1/chat/completions";

    private final WireMockServer server;

    OpenAi(WireMockServer server) {
        this.server = server;
    }

    /** What the chat endpoint says when the model wrote that text. */
    public static ResponseDefinitionBuilder answering(String text) {
        try {
            return okJson(Json.MAPPER.writeValueAsString(Map.of(
                    "id", "chat-1",
                    "object", "chat.completion",
                    "created", 1735689600,
                    "model", "any",
                    "system_fingerprint", "fp_1",
                    "choices", List.of(Map.of(
                            "index", 0,
                            "message", Map.of("role", "assistant", "content", text),
                            "finish_reason", "stop")),
                    "usage", Map.of("prompt_tokens", 300, "completion_tokens", 12, "total_tokens", 312))));
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** The model does this, always. */
    public void model(String model, ResponseDefinitionBuilder doing) {
        server.stubFor(chat(model).willReturn(doing));
    }

    /** The model does this unless it is asked for a JSON schema. */
    public void refusingSchemas(String model, ResponseDefinitionBuilder doing) {
        model(model, doing);
        server.stubFor(chat(model)
                .withRequestBody(matchingJsonPath("$.response_format.json_schema"))
                .willReturn(aResponse().withStatus(400).withBody("{\"error\":{\"message\":\"no schemas here\"}}")));
    }

    /** The bodies of the questions that this model was asked. */
    public List<JsonNode> questions(String model) {
        return requests(model).stream().map(request -> json(request.getBodyAsString())).toList();
    }

    /** How those who asked this model showed who they are. */
    public List<String> keys(String model) {
        return requests(model).stream().map(request -> request.getHeader("Authorization")).toList();
    }

    /** Protocols other than HTTP/1.1 that were offered along with the questions to this model. */
    public List<String> upgrades(String model) {
        return requests(model).stream()
                .filter(request -> request.containsHeader("Upgrade"))
                .map(request -> request.getHeader("Upgrade"))
                .toList();
    }

    private List<LoggedRequest> requests(String model) {
        return server.findAll(
                postRequestedFor(urlEqualTo(CHAT)).withRequestBody(matchingJsonPath("$.model", equalTo(model))));
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
