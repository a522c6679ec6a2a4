package dev.apprentice.dataset.datasets.layout;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.dataset.datasets.example.Example;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * Reads a task of Label Studio's JSON export. The question is the task's {@code instruction}, {@code prompt} or {@code question},
 * about its {@code text}. The answer is what the first annotation that was not cancelled contains.
 *
 * @see <a href="https://labelstud.io/guide/export">Label Studio's export formats</a>
 */
final class LabelStudio {

    private static final List<String> ASKED = List.of("instruction", "prompt", "question");
    private static final List<String> ABOUT = List.of("input", "context", "text", "document", "dialogue");

    private LabelStudio() {}

    static Example read(EntryFields entry) {
        JsonNode data = entry.take("data");
        JsonNode annotations = entry.take("annotations");
        entry.take("id"); // the task's number, unique only within its project
        String about = first(data, ABOUT).orElse("");
        Optional<String> asked = first(data, ASKED);
        String instruction = asked.orElse(about);
        if (instruction.isBlank()) {
            entry.fault("data", "has no text; expected one of instruction, prompt, question, text, document, dialogue");
        }
        return new Example("", instruction, asked.isPresent() ? about : "", answer(entry, annotations));
    }

    private static Optional<String> first(JsonNode data, List<String> names) {
        return names.stream().map(data::path).map(LabelStudio::text).flatMap(Optional::stream).findFirst();
    }

    /** Returns a text, or a dialogue's turns as lines with their authors. */
    private static Optional<String> text(JsonNode value) {
        if (value.isTextual()) {
            return Optional.of(value.textValue());
        }
        boolean isDialogue = value.isArray() && !value.isEmpty() && stream(value).allMatch(said -> said.path("text").isTextual());
        return isDialogue
                ? Optional.of(stream(value).map(LabelStudio::said).collect(Collectors.joining("\n")))
                : Optional.empty();
    }

    private static String said(JsonNode turn) {
        String author = turn.path("author").asText("");
        return (author.isEmpty() ? "" : author + ": ") + turn.path("text").textValue();
    }

    private static String answer(EntryFields entry, JsonNode annotations) {
        List<JsonNode> valid = stream(annotations).filter(each -> !each.path("was_cancelled").asBoolean()).toList();
        if (valid.size() > 1) {
            entry.unused("annotations: all but the first");
        }
        List<String> said = new ArrayList<>();
        valid.stream().limit(1).flatMap(each -> stream(each.path("result"))).map(each -> each.path("value")).forEach(value -> {
            Stream.of("text", "choices", "labels", "taxonomy").map(value::path).flatMap(LabelStudio::texts).forEach(said::add);
            Stream.of("rating", "number").map(value::path).filter(JsonNode::isNumber).map(JsonNode::asText).forEach(said::add);
        });
        if (said.isEmpty() || String.join("", said).isBlank()) {
            entry.fault("annotations", "has no text, choice, number or rating");
        }
        return String.join(", ", said);
    }

    private static Stream<String> texts(JsonNode value) {
        return value.isTextual() ? Stream.of(value.textValue()) : stream(value).filter(JsonNode::isTextual).map(JsonNode::textValue);
    }

    private static Stream<JsonNode> stream(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false);
    }
}
