package dev.apprentice.contracts.topic;

import dev.apprentice.contracts.InvalidEventException;
import dev.apprentice.contracts.event.Event;
import org.apache.kafka.common.serialization.Deserializer;

/**
 * Reads a record's JSON into the event type of the topic it came from.
 *
 * <p>Fails with {@link InvalidEventException}, whose message names the topic, the place and what is wrong. A tombstone becomes
 * null, as Kafka's deserializers have it.
 */
public class EventDeserializer<E extends Event> implements Deserializer<E> {

    @Override
    @SuppressWarnings("unchecked") // the topic decides the type, and a subscriber asks for that type
    public E deserialize(String topic, byte[] json) {
        if (json == null) {
            return null;
        }
        Topic<?> known = Topics.named(topic)
                .orElseThrow(() -> new InvalidEventException("topic '" + topic + "' is none of " + Topics.PREFIX + "*"));
        return (E) known.read(json);
    }
}
