package dev.apprentice.dataset.datasets.layout;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.contracts.Json;
import dev.apprentice.dataset.datasets.example.WellFormed;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Writes an assistant's call of a tool as Hermes and Qwen do. */
final class ToolCall {

    private static final String NO_ARGUMENTS = "{}";

    private ToolCall() {}

    /**
     * Returns the call as text. What would not be JSON is a fault, since a model would learn it.
     *
     * @param call {@code {name, arguments}}, also below {@code function}. The arguments may be JSON, or JSON in a text
     */
    static String of(JsonNode call, EntryFields fields, String place) {
        JsonNode function = call.has("function") ? call.path("function") : call;
        JsonNode name = function.path("name");
        if (!name.isTextual() || name.textValue().isBlank()) {
            fields.fault(place, "has a tool call without a 'name'");
        }
        String arguments = arguments(function.path("arguments"));
        if (!isJson(arguments)) {
            fields.fault(place, "has a tool call whose 'arguments' are no JSON");
        }
        String written = "<tool_call>\n{\"name\": " + name + ", \"arguments\": " + arguments + "}\n</tool_call>";
        if (!WellFormed.is(written)) {
            fields.fault(place, WellFormed.FAULT);
        }
        return written;
    }

    private static String arguments(JsonNode arguments) {
        if (!EntryFields.saysSomething(arguments)) {
            return NO_ARGUMENTS;
        }
        return arguments.isTextual() ? arguments.textValue() : arguments.toString();
    }

    private static boolean isJson(String text) {
        try (JsonParser json = Json.MAPPER.createParser(text)) {
            json.nextToken();
            json.skipChildren();
            return json.nextToken() == null;
        } catch (JsonProcessingException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("text in memory can be read", e);
        }
    }
}
