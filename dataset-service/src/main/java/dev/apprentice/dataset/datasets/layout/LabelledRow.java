package dev.apprentice.dataset.datasets.layout;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.contracts.Json;
import dev.apprentice.dataset.datasets.example.Example;
import dev.apprentice.prompts.jinja.value.TemplateException;
import dev.apprentice.prompts.task.TaskTemplate;
import dev.apprentice.prompts.task.TaskTemplate.TaskExample;
import java.util.Map;

/** Turns rows of labelled data into examples with a task template. */
public final class LabelledRow {

    private static final TypeReference<Map<String, Object>> VALUES = new TypeReference<>() {};

    private LabelledRow() {}

    /**
     * Returns the example, without an id; the row collects what is wrong with it.
     *
     * @param typed the row with its fields' types
     * @param place of the row, from 0
     */
    public static Example read(EntryFields row, ObjectNode typed, TaskTemplate template, Map<String, String> fields, long seed, int place) {
        Map<String, Object> values = Json.MAPPER.convertValue(typed, VALUES);
        fields.forEach((known, actual) -> {
            JsonNode value = typed.has(actual) || !actual.contains(".") ? typed.path(actual) : typed.at("/" + actual.replace('.', '/'));
            if (!value.isMissingNode()) {
                values.put(known, Json.MAPPER.convertValue(value, Object.class));
            }
        });
        template.fields().forEach(row::take);
        try {
            TaskExample made = template.example(values, seed, place);
            return new Example("", made.instruction(), made.input(), made.output());
        } catch (IllegalArgumentException | TemplateException e) {
            row.fault(null, e.getMessage());
            return new Example("", "", "", "");
        }
    }

    /** Returns a row of a table whose format has only texts, with empty texts instead of null. */
    public static JsonNode texts(JsonNode row) {
        if (!row.isObject()) {
            return row;
        }
        ObjectNode texts = row.deepCopy();
        row.fields().forEachRemaining(field -> {
            if (field.getValue().isNull()) {
                texts.put(field.getKey(), "");
            }
        });
        return texts;
    }

    /** Returns a row of a table whose format has only texts, with numbers instead of the texts that are written exactly like them. */
    public static JsonNode typed(JsonNode row) {
        if (!row.isObject()) {
            return row;
        }
        ObjectNode typed = row.deepCopy();
        row.fields().forEachRemaining(field -> {
            String text = field.getValue().isTextual() ? field.getValue().textValue() : "";
            if (text.matches("0|-?[1-9]\\d{0,8}")) {
                typed.set(field.getKey(), IntNode.valueOf(Integer.parseInt(text)));
            } else if (text.matches("-?\\d{1,9}\\.\\d{1,9}") && Double.toString(Double.parseDouble(text)).equals(text)) {
                typed.put(field.getKey(), Double.parseDouble(text));
            }
        });
        return typed;
    }
}
