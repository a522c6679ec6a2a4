package dev.apprentice.dataset.datasets.reading.text;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.contracts.Json;
import java.io.IOException;

/**
 * Parses the JSON of data. A repeated name in an object is a fault. {@code NaN} and {@code Infinity}, which Python writes for
 * missing or too large numbers, are not JSON and count as null. A number keeps its notation.
 */
public final class DataJson {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private DataJson() {}

    /** Configures a parser accordingly. */
    public static void prepare(JsonParser json) {
        json.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
        json.enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS.mappedFeature());
    }

    /** Returns the value at the parser's current token, or its first value; a missing node if there is none. */
    public static JsonNode value(JsonParser json) throws IOException {
        JsonToken token = json.hasCurrentToken() ? json.currentToken() : json.nextToken();
        return token == null ? NODES.missingNode() : value(json, token);
    }

    /** Recursive, up to the parser's limit of nesting. */
    private static JsonNode value(JsonParser json, JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> object(json);
            case START_ARRAY -> array(json);
            case VALUE_STRING -> NODES.textNode(json.getText());
            case VALUE_NUMBER_INT -> integer(json);
            case VALUE_NUMBER_FLOAT -> decimal(json);
            case VALUE_TRUE, VALUE_FALSE -> NODES.booleanNode(token == JsonToken.VALUE_TRUE);
            default -> NODES.nullNode();
        };
    }

    private static JsonNode object(JsonParser json) throws IOException {
        ObjectNode object = NODES.objectNode();
        while (json.nextToken() != JsonToken.END_OBJECT) {
            String name = json.currentName();
            object.set(name, value(json, json.nextToken()));
        }
        return object;
    }

    private static JsonNode array(JsonParser json) throws IOException {
        ArrayNode array = NODES.arrayNode();
        for (JsonToken token = json.nextToken(); token != JsonToken.END_ARRAY; token = json.nextToken()) {
            array.add(value(json, token));
        }
        return array;
    }

    private static JsonNode integer(JsonParser json) throws IOException {
        return switch (json.getNumberType()) {
            case INT -> NODES.numberNode(json.getIntValue());
            case LONG -> NODES.numberNode(json.getLongValue());
            default -> NODES.numberNode(json.getBigIntegerValue());
        };
    }

    private static JsonNode decimal(JsonParser json) throws IOException {
        double value = json.getDoubleValue();
        return Double.isFinite(value) ? new WrittenNumber(json.getText(), value) : NODES.nullNode();
    }

    /** Parses one value from a text. */
    public static JsonNode read(String text) throws IOException {
        try (JsonParser json = Json.MAPPER.createParser(text)) {
            prepare(json);
            return value(json);
        }
    }
}
