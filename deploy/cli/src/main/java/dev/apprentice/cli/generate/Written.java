package dev.apprentice.cli.generate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.chat.AnswerForm;
import dev.apprentice.chat.ChatServer;
import dev.apprentice.chat.answer.AnswerJson;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import dev.langchain4j.model.chat.request.json.JsonStringSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Forms that a model is asked to write in, except pairs: instructions, an example of one, a better answer. */
final class Written {

    private static final String OTHERWISE = "Your answer is not in the form that was asked for. Respond with nothing but a JSON object: ";

    /** New instructions, at least one. */
    static final AnswerForm<List<String>> INSTRUCTIONS = new AnswerForm<>(
            Optional.of(schema("instructions", JsonObjectSchema.builder()
                    .addProperty("instructions", JsonArraySchema.builder().items(new JsonStringSchema()).build())
                    .required("instructions"))),
            OTHERWISE + "{\"instructions\": [\"...\", \"...\"]}",
            Written::instructions);

    /** An input, if the instruction needs one, and its output. */
    static final AnswerForm<JsonNode> EXAMPLE = new AnswerForm<>(
            Optional.of(schema("example", JsonObjectSchema.builder()
                    .addStringProperty("input").addStringProperty("output").required("input", "output"))),
            OTHERWISE + "{\"input\": \"...\", \"output\": \"...\"}",
            Written::withOutput);

    /** A critique of an answer, and a better answer. */
    static final AnswerForm<JsonNode> REWRITE = new AnswerForm<>(
            Optional.of(schema("rewrite", JsonObjectSchema.builder()
                    .addStringProperty("critique").addStringProperty("output").required("critique", "output"))),
            OTHERWISE + "{\"critique\": \"...\", \"output\": \"...\"}",
            Written::withOutput);

    private Written() {}

    private static JsonSchema schema(String name, JsonObjectSchema.Builder properties) {
        return JsonSchema.builder().name(name).rootElement(properties.additionalProperties(false).build()).build();
    }

    /** Returns the first object with an output; empty if the reply is truncated. */
    private static Optional<JsonNode> withOutput(ChatServer.Reply reply) {
        return reply.unfinished()
                ? Optional.empty()
                : AnswerJson.values(reply.text()).stream().filter(value -> !value.path("output").asText().isBlank()).findFirst();
    }

    private static Optional<List<String>> instructions(ChatServer.Reply reply) {
        List<String> found = new ArrayList<>();
        AnswerJson.values(reply.text()).forEach(value -> collect(value, found));
        return Optional.of(found).filter(list -> !list.isEmpty());
    }

    private static void collect(JsonNode value, List<String> found) {
        if (value.path("instruction").isTextual()) {
            found.add(value.path("instruction").textValue().strip());
        } else if (value.isTextual()) {
            found.add(value.textValue().strip());
        } else {
            value.forEach(inner -> collect(inner, found));
        }
    }
}
