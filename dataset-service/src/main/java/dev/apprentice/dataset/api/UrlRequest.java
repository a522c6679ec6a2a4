package dev.apprentice.dataset.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.apprentice.contracts.Json;
import io.quarkiverse.resteasy.problem.HttpProblem;
import jakarta.ws.rs.core.Response.Status;
import java.io.IOException;
import java.util.Optional;

/** A body that says where the data is instead of being it: {@code {"url": "https://…"}}. */
final class UrlRequest {

    /** No such body is longer; longer ones are data. */
    static final int LONGEST = 8 * 1024;

    private static final String FIELD = "url";

    private static final ObjectReader READER =
            Json.MAPPER.readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private UrlRequest() {}

    /**
     * The address in a whole body; empty where the body is data, or will be refused as such.
     *
     * @throws HttpProblem if it is a request with a field that is not known or an address that is no text
     */
    static Optional<String> addressIn(byte[] body) {
        JsonNode json;
        try {
            json = READER.readValue(body);
        } catch (JsonProcessingException notOneJsonValue) {
            return Optional.empty(); // the reader of examples says what is wrong, if anything is
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory can be read", e);
        }
        if (!json.isObject() || !json.has(FIELD) || json.has("instruction") || json.has("output")) {
            return Optional.empty();
        }
        json.fieldNames().forEachRemaining(field -> {
            if (!field.equals(FIELD)) {
                throw unreadable("there is no field '" + field + "'; there is " + FIELD);
            }
        });
        if (!json.get(FIELD).isTextual()) {
            throw unreadable("field '" + FIELD + "' must be a text");
        }
        return Optional.of(json.get(FIELD).textValue());
    }

    private static HttpProblem unreadable(String detail) {
        return HttpProblem.builder()
                .withStatus(Status.BAD_REQUEST)
                .withTitle("Unreadable body")
                .withDetail(detail)
                .build();
    }
}
