package dev.apprentice.dataset.datasets.layout;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.contracts.event.Turn;
import dev.apprentice.dataset.datasets.example.Example;

/**
 * Reads a trace, an observation or a dataset item of a Langfuse export. Input and output are texts, messages,
 * {@code {"messages": …}}, or any other JSON, which is learned as text. For a dataset item the expected output is learned.
 *
 * @see <a href="https://langfuse.com/docs/api-and-data-platform/features/export-from-ui">Langfuse's exports</a>
 */
final class Langfuse {

    private Langfuse() {}

    static Example read(EntryFields entry, boolean lastOnly) {
        JsonNode input = entry.takeStructured("input");
        String field = entry.has("expectedOutput") ? "expectedOutput" : entry.has("expected_output") ? "expected_output" : "output";
        JsonNode output = entry.takeStructured(field);
        JsonNode turns = input.path("messages").isArray() ? input.path("messages") : input;
        ConversationReader said = new ConversationReader(entry, "input");
        if (turns.isArray() && turns.path(0).has("role")) {
            said.readAll(turns);
        } else {
            said.say(Turn.USER, text(entry, input, "input"), false, "input");
        }
        JsonNode answer = output.isArray() && output.size() == 1 ? output.get(0) : output;
        if (answer.path("role").isTextual() && !answer.path("tool_calls").isEmpty()) {
            return said.read(answer, field).example("", lastOnly, "");
        }
        String text = answer.path("content").isTextual() ? answer.path("content").textValue() : text(entry, answer, field);
        if (text.isBlank()) {
            entry.fault(field, "is blank");
        }
        said.say(Turn.ASSISTANT, text, false, field);
        return said.example("", lastOnly, "");
    }

    private static String text(EntryFields entry, JsonNode value, String field) {
        if (value.isContainerNode()) {
            return value.toString();
        }
        return value.isNull() || value.isMissingNode() ? "" : entry.text(value, field);
    }
}
