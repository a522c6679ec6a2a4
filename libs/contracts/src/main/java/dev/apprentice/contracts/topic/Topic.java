package dev.apprentice.contracts.topic;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.apprentice.contracts.InvalidEventException;
import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.JsonReason;
import dev.apprentice.contracts.Require;
import dev.apprentice.contracts.event.Event;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/**
 * A topic: its name, its record type, and its settings in Kafka.
 *
 * @param name the full name, prefix included
 * @param event the record type it carries
 * @param type the CloudEvents {@code type} of its records
 * @param partitioned whether it may have several partitions; otherwise it has exactly one
 * @param settings Kafka's topic settings
 */
public record Topic<E extends Event>(
        String name, Class<E> event, String type, boolean partitioned, Map<String, String> settings) {

    static final Map<String, String> DELETE =
            Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE);
    static final Map<String, String> COMPACT =
            Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
    static final Map<String, String> COMPACT_AND_DELETE = Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG,
            TopicConfig.CLEANUP_POLICY_COMPACT + "," + TopicConfig.CLEANUP_POLICY_DELETE);
    /** The settings of a topic whose records are kept without a time limit. */
    static final Map<String, String> CURRICULUM = Map.of(
            TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE,
            TopicConfig.RETENTION_MS_CONFIG, "-1");

    /**
     * Reads a record's value. Unknown fields are ignored.
     *
     * @param json the value; callers handle tombstones, which have none
     * @throws InvalidEventException naming the topic, the place and what is wrong
     */
    public E read(byte[] json) {
        try {
            E read = Json.MAPPER.readValue(json, event);
            if (read == null) {
                throw new InvalidEventException("a record of " + name + " is JSON null");
            }
            return read;
        } catch (IOException e) {
            throw new InvalidEventException("a record of " + name + " cannot be used: " + reason(e), e);
        }
    }

    /**
     * Reads a record with a CloudEvents type, and refuses one of another type than this topic's. A record without a type, as plain
     * Kafka clients write it, is read as this topic's type.
     *
     * @throws InvalidEventException naming the topic, the place and what is wrong
     */
    public E read(Headers headers, byte[] json) {
        requireType(headers);
        return read(json);
    }

    /**
     * Accepts a record of this topic's CloudEvents type, or without a type.
     *
     * @throws InvalidEventException naming the topic and both types
     */
    public void requireType(Headers headers) {
        Header header = headers.lastHeader("ce_type");
        if (header == null) {
            return;
        }
        String said = header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
        if (!said.equals(type)) {
            throw new InvalidEventException("a record of " + name + " is of type '" + Require.shown(said)
                    + "', which this version does not know; it reads '" + type + "'");
        }
    }

    private static String reason(IOException e) {
        if (e.getCause() instanceof InvalidEventException invalid) {
            return invalid.getMessage();
        }
        if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
            String field = mapping.getPath().stream()
                    .map(step -> step.getFieldName() == null ? "[" + step.getIndex() + "]" : step.getFieldName())
                    .collect(Collectors.joining("."));
            if (mapping instanceof InvalidFormatException wrong && wrong.getTargetType().isEnum()) {
                return "field '" + field + "' is '" + Require.shown(String.valueOf(wrong.getValue())) + "'; this version knows "
                        + Arrays.stream(wrong.getTargetType().getEnumConstants()).map(Object::toString).collect(Collectors.joining(", "));
            }
            return mapping.getOriginalMessage().startsWith("Cannot map `null`")
                    ? "field '" + field + "' is missing" // a number that every record has
                    : "field '" + field + "': " + JsonReason.plain(mapping.getOriginalMessage());
        }
        if (e instanceof MismatchedInputException other && other.getOriginalMessage().startsWith("Cannot deserialize")) {
            return "it is JSON, but no object";
        }
        if (e instanceof JsonProcessingException json && json.getLocation() != null) {
            return JsonReason.of(json);
        }
        return e.getMessage();
    }
}
