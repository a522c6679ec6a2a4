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
 * The fields of one entry by their names, ignoring case. Records which fields were used, and what is wrong with them.
 *
 * <p>A mapping {@code instruction=prompt} says that the field {@code prompt} is what layouts call {@code instruction}. A source
 * with dots, such as {@code data.question}, is a path into nested objects.
 */
public final class EntryFields {

    private final JsonNode entry;
    private final Map<String, String> sources;
    private final Map<String, String> actual = new HashMap<>();
    private final List<String> used = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();
    private final Set<String> unused = new TreeSet<>();
    private final Set<String> asText = new TreeSet<>();

    /** A fault. @param field its name in the entry; empty for the entry as a whole */
    public record Fault(Optional<String> field, String message) {}

    /** @param mapping the source of each mapped field */
    public EntryFields(JsonNode entry, Map<String, String> mapping) {
        this.entry = entry;
        this.sources = mapping;
        entry.fieldNames().forEachRemaining(name -> actual.putIfAbsent(plain(name), name));
    }

    /** Normalises a field's name as layouts write it: "Ticket ID" becomes {@code ticket_id}. */
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

    /** Tells whether a field exists and is a list, or a text that contains one as JSON. */
    boolean hasList(String name) {
        return structured(name).isArray();
    }

    private String source(String name) {
        return sources.getOrDefault(name, actual.getOrDefault(name.toLowerCase(Locale.ROOT), name));
    }

    private JsonNode get(String name) {
        String source = source(name);
        if (!sources.containsKey(name) && sources.containsValue(source)) {
            return entry.path(""); // it is mapped to another name
        }
        JsonNode value = entry.path(source);
        return value.isMissingNode() && source.contains(".") ? entry.at("/" + source.replace('.', '/')) : value;
    }

    /** Returns the value of the first of these fields that exists, and marks it as used. */
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

    /** Returns the first of these fields that is a text, a number or a boolean, and marks it as used; otherwise a missing node. */
    public JsonNode takePlain(String... names) {
        for (String name : names) {
            JsonNode value = get(name);
            if (isPlain(value)) {
                return take(name);
            }
        }
        return entry.path("");
    }

    /** Like {@link #take}, but parses a text that contains JSON. */
    JsonNode takeStructured(String... names) {
        return parsed(take(names));
    }

    /** Returns a field's value, parsed if a text contains JSON, without marking it as used. */
    JsonNode structured(String name) {
        return parsed(get(name));
    }

    /** Parses a text that contains JSON; returns any other value as it is. */
    static JsonNode parsed(JsonNode value) {
        if (value.isTextual() && value.textValue().stripLeading().matches("(?s)[\\[{].*")) {
            try {
                return Json.MAPPER.readTree(value.textValue());
            } catch (JsonProcessingException plainText) {
                return value;
            }
        }
        return value;
    }

    /** Returns the text of the first of these fields that exists; a fault if there is none or it is blank. */
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

    /** Returns a text that may be missing, null or empty. */
    String optional(String... names) {
        JsonNode value = take(names);
        return value.isMissingNode() || value.isNull() ? "" : text(value, nameOf(names));
    }

    /** Returns a text or number that names the entry's kind; empty for anything else, which is not marked as used. */
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
     * Returns descriptions of tools from {@code tools}, or from OpenAI's older {@code functions}; empty if neither is a list of
     * objects.
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

    /** Wraps a function as a tool. The order of the keys is fixed, since templates write it. */
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

    /** Returns a value that must be text; a number or boolean counts as the text by which it is written. */
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

    /** Returns the fields in which a number or boolean was read as text. */
    public Set<String> asText() {
        return asText;
    }

    public void fault(String field, String message) {
        faults.add(new Fault(Optional.ofNullable(field), message));
    }

    public List<Fault> faults() {
        return faults;
    }

    /** Records a part of the entry that is not learned, though its field is. */
    void unused(String what) {
        unused.add(what);
    }

    /** Passes on the names of all non-empty parts that are not learned. */
    public void eachUnused(Consumer<String> name) {
        entry.fields().forEachRemaining(field -> {
            if (!used.contains(field.getKey()) && saysSomething(field.getValue())) {
                name.accept(field.getKey());
            }
        });
        unused.forEach(name);
    }

    /** Tells whether a value is there, and neither null, nor blank, nor an empty list or object. */
    static boolean saysSomething(JsonNode value) {
        return !value.isMissingNode() && !value.isNull()
                && !(value.isContainerNode() && value.isEmpty()) && !(value.isTextual() && value.textValue().isBlank());
    }

    /** Tells whether it is a text, a number or a boolean. */
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
