package dev.apprentice.cli.generate;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.chat.AnswerForm;
import dev.apprentice.chat.ChatServer;
import dev.apprentice.chat.answer.AnswerJson;
import dev.langchain4j.model.chat.request.json.JsonArraySchema;
import dev.langchain4j.model.chat.request.json.JsonObjectSchema;
import dev.langchain4j.model.chat.request.json.JsonSchema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A question and its answer, as a model wrote them.
 *
 * @param question blank if it wrote none
 * @param answer blank if it wrote none
 */
record Pair(String question, String answer) {

    /** The form in which pairs are requested and read; an empty list is valid. */
    static final AnswerForm<List<Pair>> FORM = new AnswerForm<>(
            Optional.of(schema()),
            "Your answer is not in the form that was asked for. Respond with nothing but a JSON object:"
                    + " {\"pairs\": [{\"question\": \"...\", \"answer\": \"...\"}]}",
            Pair::read);

    private static final List<String> QUESTIONS = List.of("question", "instruction", "prompt", "q");
    private static final List<String> ANSWERS = List.of("answer", "output", "response", "a");

    private static JsonSchema schema() {
        JsonObjectSchema pair = JsonObjectSchema.builder()
                .addStringProperty("question").addStringProperty("answer")
                .required("question", "answer").additionalProperties(false).build();
        return JsonSchema.builder().name("pairs").rootElement(JsonObjectSchema.builder()
                .addProperty("pairs", JsonArraySchema.builder().items(pair).build())
                .required("pairs").additionalProperties(false).build()).build();
    }

    private static Optional<List<Pair>> read(ChatServer.Reply reply) {
        List<JsonNode> values = AnswerJson.values(reply.text());
        List<Pair> pairs = new ArrayList<>();
        values.forEach(value -> collect(value, pairs));
        boolean none = values.size() == 1 && isEmptyList(values.get(0));
        return pairs.isEmpty() && !none ? Optional.empty() : Optional.of(pairs);
    }

    private static boolean isEmptyList(JsonNode value) {
        return value.isEmpty() && value.isArray() || value.size() == 1 && value.path("pairs").isArray() && value.path("pairs").isEmpty();
    }

    private static void collect(JsonNode value, List<Pair> pairs) {
        Optional<String> question = text(value, QUESTIONS);
        Optional<String> answer = text(value, ANSWERS);
        if (question.isPresent() && answer.isPresent()) {
            pairs.add(new Pair(question.get().strip(), answer.get().strip()));
        } else {
            value.forEach(inner -> collect(inner, pairs));
        }
    }

    private static Optional<String> text(JsonNode object, List<String> names) {
        return names.stream().map(object::path).filter(JsonNode::isValueNode).filter(field -> !field.isNull())
                .map(JsonNode::asText).findFirst();
    }
}
