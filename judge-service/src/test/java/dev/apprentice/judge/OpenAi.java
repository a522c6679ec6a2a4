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

/** A fake server with OpenAI's protocol whose models do what a test sets. */
public final class OpenAi {

    private static final String CHAT = "/v1/chat/completions";

    private final WireMockServer server;

    OpenAi(WireMockServer server) {
        this.server = server;
    }

    /** Returns the chat endpoint's answer when the model has written this text. */
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

    /** Sets what the model always does. */
    public void model(String model, ResponseDefinitionBuilder doing) {
        server.stubFor(chat(model).willReturn(doing));
    }

    /** Sets what the model does, unless the request contains a JSON schema, which it refuses. */
    public void refusingSchemas(String model, ResponseDefinitionBuilder doing) {
        model(model, doing);
        server.stubFor(chat(model)
                .withRequestBody(matchingJsonPath("$.response_format.json_schema"))
                .willReturn(aResponse().withStatus(400).withBody("{\"error\":{\"message\":\"no schemas here\"}}")));
    }

    /** Returns the bodies of the questions to this model. */
    public List<JsonNode> questions(String model) {
        return requests(model).stream().map(request -> json(request.getBodyAsString())).toList();
    }

    /** Returns the {@code Authorization} headers of the questions to this model. */
    public List<String> keys(String model) {
        return requests(model).stream().map(request -> request.getHeader("Authorization")).toList();
    }

    /** Returns the protocols other than HTTP/1.1 that were offered with the questions to this model. */
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
