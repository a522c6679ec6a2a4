package dev.apprentice.dataset.datasets.layout;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.contracts.Json;
import dev.apprentice.dataset.datasets.example.WellFormed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The fields of one entry by their names, in any case: which of them were used, and what is wrong with them.
 *
 * <p>A mapping {@code instruction=prompt} says that the field {@code prompt} is what layouts call {@code instruction}; a source
 * with dots, such as {@code data.question}, leads into objects.
 */
public final class EntryFields {

    private final JsonNode entry;
    private final Map<String, String> sources;
    private final Map<String, String> actual = new HashMap<>();
    private final List<String> used = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();
    private final List<String> unused = new ArrayList<>();
    private final Set<String> asText = new TreeSet<>();

    /** @param field as the entry calls it; empty for the entry as a whole */
    public record Fault(Optional<String> field, String message) {}

    /** @param mapping the source of each mapped field */
    public EntryFields(JsonNode entry, Map<String, String> mapping) {
        this.entry = entry;
        this.sources = mapping;
        entry.fieldNames().forEachRemaining(name -> actual.putIfAbsent(plain(name), name));
    }

    /** A field's name as layouts write it: "Ticket ID" is {@code ticket_id}. */
    public static String plain(String name) {
        return name.strip().toLowerCase(Locale.ROOT).replace(' ', '_').replace('-', '_');
    }

    public boolean has(String... names) {
        for (String name : names) {
            if (!get(name).isMissingNode()) {
                return true;
            }
        }
        return false;
    }

    /** Whether a field is there and is a list, or a text that holds one as JSON. */
    boolean hasList(String name) {
        return structured(name).isArray();
    }

    private String source(String name) {
        return sources.getOrDefault(name, actual.getOrDefault(name.toLowerCase(Locale.ROOT), name));
    }

    private JsonNode get(String name) {
        String source = source(name);
        if (!sources.containsKey(name) && sources.containsValue(source)) {
            return entry.path(""); // it goes by another name
        }
        JsonNode value = entry.path(source);
        return value.isMissingNode() && source.contains(".") ? entry.at("/" + source.replace('.', '/')) : value;
    }

    /** The value of the first of these fields that is there, which counts as used. */
    public JsonNode take(String... names) {
        for (String name : names) {
            JsonNode value = get(name);
            if (!value.isMissingNode()) {
                String source = source(name);
                used.add(entry.has(source) ? source : source.replaceFirst("\\..*", ""));
                return value;
            }
        }
        return entry.path("");
    }

    /** The first of these fields that is there and is a text, a number or a truth value, which counts as used; else missing. */
    public JsonNode takePlain(String... names) {
        for (String name : names) {
            JsonNode value = get(name);
            if (isPlain(value)) {
                return take(name);
            }
        }
        return entry.path("");
    }

    /** As {@link #take}, where a text holds it as JSON. */
    JsonNode takeStructured(String... names) {
        return parsed(take(names));
    }

    /** Looks at a field without using it. */
    JsonNode structured(String name) {
        return parsed(get(name));
    }

    private static JsonNode parsed(JsonNode value) {
        if (value.isTextual() && value.textValue().stripLeading().matches("(?s)[\\[{].*")) {
            try {
                return Json.MAPPER.readTree(value.textValue());
            } catch (JsonProcessingException plainText) {
                return value;
            }
        }
        return value;
    }

    /** A text that has to be there and say something; the first of these fields that is there. */
    String required(String... names) {
        JsonNode value = take(names);
        if (value.isMissingNode()) {
            fault(source(names[0]), "is missing");
            return "";
        }
        return said(value, names);
    }

    private String said(JsonNode value, String... names) {
        String text = text(value, nameOf(names));
        if (value.isTextual() && text.isBlank()) {
            fault(nameOf(names), "is blank");
        }
        return text;
    }

    /** A text that may be missing, null or empty. */
    String optional(String... names) {
        JsonNode value = take(names);
        return value.isMissingNode() || value.isNull() ? "" : text(value, nameOf(names));
    }

    /** A text or number that says what kind of entry it is; anything else there is not used. */
    public String label(String name) {
        JsonNode value = get(name);
        String label = value.isTextual() || value.isNumber() ? value.asText().strip() : "";
        if (label.isEmpty() || !WellFormed.is(label)) {
            return "";
        }
        take(name);
        return label;
    }

    /**
     * Descriptions of tools: {@code tools}, or {@code functions} as OpenAI had them first. What is no list of objects is not used.
     */
    List<Map<String, Object>> tools() {
        for (String name : List.of("tools", "functions")) {
            JsonNode described = structured(name);
            if (described.isArray() && !described.isEmpty() && allObjects(described)) {
                take(name);
                if (!WellFormed.is(described.toString())) {
                    fault(source(name), WellFormed.FAULT);
                    return List.of();
                }
                List<Map<String, Object>> tools = Json.MAPPER.convertValue(described, new TypeReference<>() {});
                return name.equals("tools") ? tools : tools.stream().map(EntryFields::tool).toList();
            }
        }
        return List.of();
    }

    /** In an order of its own, since templates write it. */
    private static Map<String, Object> tool(Map<String, Object> function) {
        Map<String, Object> tool = new LinkedHashMap<>();
        tool.put("type", "function");
        tool.put("function", function);
        return tool;
    }

    private static boolean allObjects(JsonNode list) {
        for (JsonNode element : list) {
            if (!element.isObject()) {
                return false;
            }
        }
        return true;
    }

    private String nameOf(String... names) {
        for (String name : names) {
            if (has(name)) {
                return source(name);
            }
        }
        return source(names[0]);
    }

    /** A value that must be text; a number, {@code true} and {@code false} count as the text that they are written by. */
    public String text(JsonNode value, String field) {
        if (value.isNumber() || value.isBoolean()) {
            asText.add(field.replaceFirst("\\[.*", ""));
            return value.asText();
        }
        if (!value.isTextual()) {
            fault(field, "is " + kind(value) + "; expected text");
            return "";
        }
        if (!WellFormed.is(value.textValue())) {
            fault(field, WellFormed.FAULT);
        }
        return value.textValue();
    }

    /** The fields of which a number, {@code true} or {@code false} was read as text. */
    public Set<String> asText() {
        return asText;
    }

    public void fault(String field, String message) {
        faults.add(new Fault(Optional.ofNullable(field), message));
    }

    public List<Fault> faults() {
        return faults;
    }

    /** Something of the entry is not learned, though its field is. */
    void unused(String what) {
        unused.add(what);
    }

    /** Everything in it that is not learned and says something. */
    public void eachUnused(Consumer<String> name) {
        entry.fields().forEachRemaining(field -> {
            if (!used.contains(field.getKey()) && saysSomething(field.getValue())) {
                name.accept(field.getKey());
            }
        });
        unused.forEach(name);
    }

    private static boolean saysSomething(JsonNode value) {
        return !value.isNull() && !(value.isContainerNode() && value.isEmpty()) && !(value.isTextual() && value.textValue().isBlank());
    }

    /** Whether it is a text, a number or a truth value. */
    static boolean isPlain(JsonNode value) {
        return value.isValueNode() && !value.isNull();
    }

    public static String kind(JsonNode value) {
        return switch (value.getNodeType()) {
            case NULL -> "null";
            case STRING -> "text";
            case ARRAY -> "an array";
            case OBJECT -> "an object";
            case NUMBER -> "a number";
            case BOOLEAN -> "true or false";
            default -> value.getNodeType().name().toLowerCase(Locale.ROOT);
        };
    }
}
