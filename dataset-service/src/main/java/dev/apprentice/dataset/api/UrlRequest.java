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

/** A request body that gives the data's address instead of the data: {@code {"url": "https://…"}}. */
final class UrlRequest {

    /** Size of a body, in bytes, from which it is taken for data without looking for an address. */
    static final int LONGEST = 8 * 1024;

    private static final String FIELD = "url";

    private static final ObjectReader READER =
            Json.MAPPER.readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private UrlRequest() {}

    /**
     * Returns the address in a whole body; empty if the body is data, or invalid data for the reader to report.
     *
     * @throws HttpProblem if it is a request with an unknown field or an address that is no text
     */
    static Optional<String> addressIn(byte[] body) {
        JsonNode json;
        try {
            json = READER.readValue(body);
        } catch (JsonProcessingException notOneJsonValue) {
            return Optional.empty(); // the reader of examples reports what is wrong, if anything is
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory can be read", e);
        }
        if (!json.isObject() || !json.has(FIELD) || json.has("instruction") || json.has("output")) {
            return Optional.empty();
        }
        json.fieldNames().forEachRemaining(field -> {
            if (!field.equals(FIELD)) {
                throw unreadable("there is no field '" + field + "'; the only field is " + FIELD);
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
