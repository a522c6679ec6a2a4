package dev.apprentice.cli.recipe;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.settings.Described;
import dev.apprentice.contracts.settings.Setting;
import java.time.Duration;
import java.util.Locale;

/** Generates the JSON schema of a recipe, for editors: docs/recipe.schema.json. */
public final class RecipeSchema {

    private RecipeSchema() {}

    /** Returns the schema, draft 2020-12. */
    public static String json() {
        ObjectNode schema = Json.MAPPER.createObjectNode()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("title", "A run of Apprentice, for apprentice tune --recipe");
        group(schema, RecipeKeys.class);
        return schema.toPrettyString() + "\n";
    }

    private static void group(ObjectNode schema, Class<? extends Record> keys) {
        schema.put("type", "object").put("additionalProperties", false);
        ObjectNode properties = schema.putObject("properties");
        for (Described key : RecipeKeys.of(keys)) {
            ObjectNode property = properties.putObject(key.name());
            String description = description(key.setting());
            if (!description.isEmpty()) {
                property.put("description", description);
            }
            if (key.isGroup()) {
                group(property, key.type().asSubclass(Record.class));
            } else {
                type(property, key);
                bounds(property, key);
            }
        }
    }

    private static String description(Setting setting) {
        String unset = setting.unset().isEmpty() ? "" : " (default: " + setting.unset() + ")";
        return setting.value().isEmpty() ? "" : setting.value() + unset;
    }

    private static void type(ObjectNode property, Described key) {
        Class<?> type = key.type();
        if (key.isList()) {
            property.put("type", "array").putObject("items").put("type", "string");
        } else if (type == Boolean.class) {
            property.put("type", "boolean");
        } else if (type == Integer.class || type == Long.class) {
            property.put("type", "integer");
        } else if (type == Double.class) {
            property.put("type", "number");
        } else {
            property.put("type", "string");
        }
        if (type.isEnum()) {
            ArrayNode choices = property.putArray("enum");
            for (Object constant : type.getEnumConstants()) {
                choices.add(constant.toString().toLowerCase(Locale.ROOT));
            }
        }
    }

    private static void bounds(ObjectNode property, Described key) {
        if (key.type() == Duration.class) {
            return; // a duration is a string here
        }
        bound(property, "minimum", key.setting().min());
        bound(property, "exclusiveMinimum", key.setting().above());
        bound(property, "maximum", key.setting().max());
        bound(property, "exclusiveMaximum", key.setting().below());
    }

    private static void bound(ObjectNode property, String name, double value) {
        if (!Double.isInfinite(value)) {
            if (value == Math.rint(value)) {
                property.put(name, (long) value);
            } else {
                property.put(name, value);
            }
        }
    }
}
