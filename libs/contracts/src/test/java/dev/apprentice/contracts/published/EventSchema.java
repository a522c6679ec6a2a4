package dev.apprentice.contracts.published;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.victools.jsonschema.generator.Option;
import com.github.victools.jsonschema.generator.OptionPreset;
import com.github.victools.jsonschema.generator.SchemaGenerator;
import com.github.victools.jsonschema.generator.SchemaGeneratorConfigBuilder;
import com.github.victools.jsonschema.generator.SchemaVersion;
import com.github.victools.jsonschema.module.jackson.JacksonModule;
import com.github.victools.jsonschema.module.jackson.JacksonOption;
import dev.apprentice.contracts.InvalidEventException;
import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.topic.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/** The JSON Schema of a topic's event, made of its record: types by reflection, descriptions of the Javadoc. */
final class EventSchema {

    private final SchemaGenerator generator;

    /** @param sources where the records' Java files lie */
    EventSchema(Path sources) {
        Descriptions descriptions = new Descriptions(sources);
        SchemaGeneratorConfigBuilder config = new SchemaGeneratorConfigBuilder(
                        Json.MAPPER, SchemaVersion.DRAFT_7, OptionPreset.PLAIN_JSON)
                .with(new JacksonModule(JacksonOption.FLATTENED_ENUMS_FROM_JSONPROPERTY, JacksonOption.SKIP_SUBTYPE_LOOKUP))
                .with(Option.EXTRA_OPEN_API_FORMAT_VALUES, Option.MAP_VALUES_AS_ADDITIONAL_PROPERTIES);
        config.forFields()
                .withRequiredCheck(field -> field.getType().isPrimitive())
                .withDescriptionResolver(field -> descriptions.of(
                        field.getDeclaringType().getErasedType(), field.getDeclaredName()).orElse(null));
        config.forTypesInGeneral().withDescriptionResolver(scope -> descriptions.of(scope.getType().getErasedType()).orElse(null));
        this.generator = new SchemaGenerator(config.build());
    }

    /**
     * Of this topic's event. Required is what a record cannot be read without.
     *
     * @param sample a record of it that has every required field
     */
    ObjectNode of(Topic<?> topic, ObjectNode sample) {
        ObjectNode schema = generator.generateSchema(topic.event());
        sayDurations(schema);
        unwrap(schema);
        ArrayNode required = schema.putArray("required");
        sample.fieldNames().forEachRemaining(field -> {
            ObjectNode without = sample.deepCopy();
            without.remove(field);
            if (!isReadable(topic, without)) {
                required.add(field);
            }
        });
        return schema;
    }

    /** Puts the fields of groups among the others, as they stand in the event; the generator lists groups apart, and twice. */
    private static void unwrap(ObjectNode schema) {
        JsonNode groups = schema.remove("allOf");
        if (groups == null) {
            return;
        }
        SortedMap<String, JsonNode> fields = new TreeMap<>();
        schema.path("properties").properties().forEach(field -> fields.put(field.getKey(), field.getValue()));
        groups.findValues("properties").forEach(
                group -> group.properties().forEach(field -> fields.put(field.getKey(), field.getValue())));
        schema.putObject("properties").setAll(fields);

        JsonNode shared = schema.remove("definitions");
        for (JsonNode reference : schema.findParents("$ref")) {
            String name = ((ObjectNode) reference).remove("$ref").asText().replaceFirst(".*/", "");
            ((ObjectNode) reference).setAll((ObjectNode) shared.get(name));
        }
    }

    /** Java's durations may have fractions of a second, which JSON Schema's format of that name does not allow. */
    private static void sayDurations(ObjectNode schema) {
        for (JsonNode typed : schema.findParents("format")) {
            if (typed.path("format").asText().equals("duration")) {
                ((ObjectNode) typed).remove("format");
                ((ObjectNode) typed).put("pattern", "^PT(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?$");
            }
        }
    }

    private static boolean isReadable(Topic<?> topic, ObjectNode json) {
        try {
            topic.read(Json.MAPPER.writeValueAsBytes(json));
            return true;
        } catch (InvalidEventException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
