package dev.apprentice.dataset.datasets.reading.text;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.contracts.Json;
import java.io.IOException;
import java.util.Iterator;
import java.util.Map;

/**
 * JSON as data has it. A name that comes twice in an object is a fault. {@code NaN} and {@code Infinity}, which Python writes for numbers
 * that are missing or too large, are no JSON and count as null.
 */
public final class DataJson {

    private DataJson() {}

    /** Has a parser read it so. */
    public static void prepare(JsonParser json) {
        json.enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);
        json.enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS.mappedFeature());
    }

    /** The value that a parser has come to. */
    public static JsonNode value(JsonParser json) throws IOException {
        return withoutNonNumbers(json.readValueAsTree());
    }

    /** One value in a text. */
    public static JsonNode read(String text) throws IOException {
        try (JsonParser json = Json.MAPPER.createParser(text)) {
            prepare(json);
            return value(json);
        }
    }

    private static JsonNode withoutNonNumbers(JsonNode value) {
        if (value instanceof ObjectNode object) {
            for (Iterator<Map.Entry<String, JsonNode>> fields = object.fields(); fields.hasNext(); ) {
                Map.Entry<String, JsonNode> field = fields.next();
                JsonNode kept = withoutNonNumbers(field.getValue());
                if (kept != field.getValue()) {
                    field.setValue(kept);
                }
            }
        } else if (value instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                JsonNode kept = withoutNonNumbers(array.get(i));
                if (kept != array.get(i)) {
                    array.set(i, kept);
                }
            }
        } else if (value.isDouble() && !Double.isFinite(value.doubleValue())) {
            return NullNode.instance;
        }
        return value;
    }
}
