package dev.apprentice.judge.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.event.Event;
import dev.apprentice.contracts.topic.Topic;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;

/** Serialises events in the aggregation's own topics and stores: the JSON of their public topic, without headers. */
final class EventJson {

    private EventJson() {}

    static <E extends Event> Serde<E> of(Topic<E> topic) {
        return Serdes.serdeFrom(
                (name, event) -> event == null ? null : write(event),
                (name, json) -> json == null ? null : topic.read(json));
    }

    private static byte[] write(Event event) {
        try {
            return Json.MAPPER.writeValueAsBytes(event);
        } catch (JsonProcessingException e) {
            throw new SerializationException("event " + event.key() + " cannot be written as JSON", e);
        }
    }
}
