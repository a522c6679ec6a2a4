package dev.apprentice.dataset.datasets.example;

import com.fasterxml.jackson.databind.JsonNode;
import dev.apprentice.contracts.Names;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Turns the entries of one upload into examples, and keeps account of those that cannot be. */
final class EntryCheck {

    /** How many violations are listed; the others are only counted. */
    static final int REPORTED = 100;

    private final ExampleSize size;
    private final IgnoredFields.Counter ignored = new IgnoredFields.Counter();
    private final List<Violation> violations = new ArrayList<>();
    private final Map<String, Integer> entryOfId = new HashMap<>();
    private int violationCount;
    private int refusedEntries;

    EntryCheck(ExampleSize size) {
        this.size = size;
    }

    /** The example that an entry says; empty where it was refused. */
    Optional<Example> check(int entry, int line, JsonNode json) {
        int before = violationCount;
        Example example = read(entry, line, json);
        if (violationCount == before) {
            size.excess(example).ifPresent(message -> refuse(entry, line, null, message));
        }
        if (violationCount > before) {
            refusedEntries++;
            return Optional.empty();
        }
        ignored.count(json);
        return Optional.of(example);
    }

    IgnoredFields ignored() {
        return ignored.counted();
    }

    List<Violation> violations() {
        return violations;
    }

    int violationCount() {
        return violationCount;
    }

    int refusedEntries() {
        return refusedEntries;
    }

    private Example read(int entry, int line, JsonNode json) {
        if (!json.isObject()) {
            refuse(entry, line, null, "is " + kind(json) + "; expected an object with 'instruction' and 'output'");
            return null;
        }
        String instruction = requiredText(entry, line, json, "instruction");
        String input = json.path("input").isMissingNode() || json.path("input").isNull()
                ? ""
                : text(entry, line, json.get("input"), "input");
        String output = requiredText(entry, line, json, "output");
        return named(entry, line, json.path("id"), instruction, input, output);
    }

    private String requiredText(int entry, int line, JsonNode json, String field) {
        JsonNode value = json.path(field);
        if (value.isMissingNode()) {
            refuse(entry, line, field, "is missing");
            return "";
        }
        String text = text(entry, line, value, field);
        if (value.isTextual() && text.isBlank()) {
            refuse(entry, line, field, "is blank");
        }
        return text;
    }

    private String text(int entry, int line, JsonNode value, String field) {
        if (!value.isTextual()) {
            refuse(entry, line, field, "is " + kind(value) + "; expected text");
            return "";
        }
        if (!WellFormed.is(value.textValue())) {
            refuse(entry, line, field, WellFormed.FAULT);
        }
        return value.textValue();
    }

    private Example named(int entry, int line, JsonNode id, String instruction, String input, String output) {
        if (id.isMissingNode() || id.isNull()) {
            return withFreeId(entry, Example.withoutId(instruction, input, output));
        }
        if (!id.isTextual() && !id.isIntegralNumber()) {
            refuse(entry, line, "id", "is " + kind(id) + "; expected text");
            return null;
        }
        String name = id.asText();
        Integer earlier = entryOfId.putIfAbsent(name, entry);
        if (!Names.isValid(name)) {
            refuse(entry, line, "id", "cannot be one: " + Names.RULE);
        } else if (earlier != null) {
            refuse(entry, line, "id", "is that of entry [" + earlier + "], too");
        }
        return new Example(name, instruction, input, output);
    }

    /** The same text again is a second example: the textbook's file has some, and its split counts them. */
    private Example withFreeId(int entry, Example example) {
        String id = example.id();
        for (int occurrence = 2; entryOfId.putIfAbsent(id, entry) != null; occurrence++) {
            id = example.id() + "-" + occurrence;
        }
        return example.named(id);
    }

    private void refuse(int entry, int line, String field, String message) {
        violationCount++;
        if (violations.size() < REPORTED) {
            violations.add(new Violation(entry, line, Optional.ofNullable(field), message));
        }
    }

    private static String kind(JsonNode value) {
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
