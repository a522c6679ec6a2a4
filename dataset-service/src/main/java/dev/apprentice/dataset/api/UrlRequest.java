package dev.apprentice.dataset.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.apprentice.contracts.Json;
import java.io.IOException;
import java.util.Optional;

/** A body that says where the data is instead of being it: {@code {"url": "https://…"}}. */
final class UrlRequest {

    /** No such body is longer; longer ones are data. */
    static final int LONGEST = 8 * 1024;

    private static final ObjectReader READER =
            Json.MAPPER.readerFor(JsonNode.class).with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private UrlRequest() {}

    /** The address in a whole body; empty where the body is data, or will be refused as such. */
    static Optional<String> addressIn(byte[] body) {
        JsonNode json;
        try {
            json = READER.readValue(body);
        } catch (JsonProcessingException notOneJsonValue) {
            return Optional.empty(); // the reader of examples says what is wrong, if anything is
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory can be read", e);
        }
        boolean isRequest = json.isObject() && json.has("url") && !json.has("instruction") && !json.has("output");
        return isRequest ? Optional.of(json.get("url").asText()) : Optional.empty();
    }
}
