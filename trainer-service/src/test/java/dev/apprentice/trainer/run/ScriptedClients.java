package dev.apprentice.trainer.run;

import dev.apprentice.service.kafka.KafkaClients;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Clients without a broker: consumers that a test has made, in order, and producers that keep what they send. */
final class ScriptedClients extends KafkaClients {

    final MockProducer<String, byte[]> producer =
            new MockProducer<>(true, null, new StringSerializer(), new ByteArraySerializer());

    private final Deque<ScriptedConsumer> consumers;
    private Map<String, Object> settings = Map.of(); // guarded by this

    ScriptedClients(ScriptedConsumer... consumers) {
        super(Map.of("bootstrap.servers", "127.0.0.1:1"));
        this.consumers = new ArrayDeque<>(List.of(consumers));
    }

    /** Returns the settings that the last consumer was requested with. */
    synchronized Map<String, Object> settings() {
        return settings;
    }

    @Override
    public synchronized Consumer<String, byte[]> consumer(String clientId, Map<String, Object> wanted) {
        if (consumers.isEmpty()) {
            throw new KafkaException("no broker");
        }
        settings = wanted;
        return consumers.remove();
    }

    @Override
    public Producer<String, byte[]> producer(String clientId, Map<String, Object> wanted) {
        return producer;
    }
}
