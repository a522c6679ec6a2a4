package dev.apprentice.contracts.topic;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.event.Event;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Writes an event as JSON and its CloudEvents attributes as headers.
 *
 * <p>CloudEvents 1.0, Kafka protocol binding, binary content mode: {@code ce_specversion}, {@code ce_id}, {@code ce_type},
 * {@code ce_source}, {@code ce_time} and {@code content-type}. The source is the producer's {@code client.id}.
 */
public class EventSerializer<E extends Event> implements Serializer<E> {

    private String source = "/apprentice";

    @Override
    public void configure(Map<String, ?> configuration, boolean isKey) {
        Object client = configuration.get("client.id");
        if (client != null && !client.toString().isBlank()) {
            source = "/apprentice/" + client;
        }
    }

    @Override
    public byte[] serialize(String topic, Headers headers, E event) {
        if (event == null) {
            return null;
        }
        Topic<?> known = Topics.named(topic).filter(t -> t.event().isInstance(event))
                .orElseThrow(() -> new SerializationException(
                        "an event of type " + event.getClass().getSimpleName() + " does not belong on topic '" + topic + "'"));
        put(headers, "ce_specversion", "1.0");
        put(headers, "ce_id", UUID.randomUUID().toString());
        put(headers, "ce_type", known.type());
        put(headers, "ce_source", source);
        put(headers, "ce_time", Instant.now().toString());
        put(headers, "content-type", "application/json");
        return serialize(topic, event);
    }

    @Override
    public byte[] serialize(String topic, E event) {
        try {
            return event == null ? null : Json.MAPPER.writeValueAsBytes(event);
        } catch (JsonProcessingException e) {
            throw new SerializationException("event " + event.key() + " cannot be written as JSON", e);
        }
    }

    private static void put(Headers headers, String name, String value) {
        headers.remove(name);
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
