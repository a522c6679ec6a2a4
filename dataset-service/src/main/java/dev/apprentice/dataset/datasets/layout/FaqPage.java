package dev.apprentice.dataset.datasets.layout;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/**
 * Extracts the questions of a page that is marked up as schema.org's FAQPage, in JSON-LD.
 *
 * @see <a href="https://schema.org/FAQPage">FAQPage</a>
 */
public final class FaqPage {

    private FaqPage() {}

    /** Tells whether an object is such a page, or a graph that contains one. */
    public static boolean is(JsonNode json) {
        return isType(json, "FAQPage") || has(json.path("@graph"));
    }

    private static boolean has(JsonNode graph) {
        for (JsonNode each : graph) {
            if (isType(each, "FAQPage")) {
                return true;
            }
        }
        return false;
    }

    private static boolean isType(JsonNode json, String type) {
        JsonNode types = json.path("@type");
        for (JsonNode one : types) {
            if (one.asText().equals(type)) {
                return true;
            }
        }
        return types.asText().equals(type);
    }

    /** Returns an entry with {@code question} and {@code answer} for each question, without markup. */
    public static List<JsonNode> entries(JsonNode page) {
        List<JsonNode> entries = new ArrayList<>();
        for (JsonNode each : page.path("@graph")) {
            entries.addAll(isType(each, "FAQPage") ? entries(each) : List.of());
        }
        JsonNode main = page.path("mainEntity");
        (main.isObject() ? List.of(main) : main).forEach(question -> {
            ObjectNode entry = JsonNodeFactory.instance.objectNode();
            JsonNode answers = question.has("acceptedAnswer") ? question.path("acceptedAnswer") : question.path("suggestedAnswer");
            JsonNode answer = answers.isArray() ? answers.path(0) : answers;
            put(entry, "question", question.has("name") ? question.path("name") : question.path("text"));
            put(entry, "answer", answer.path("text"));
            entries.add(entry);
        });
        return entries;
    }

    private static void put(ObjectNode entry, String field, JsonNode text) {
        if (text.isTextual()) {
            entry.put(field, Markup.text(text.textValue()));
        }
    }
}
