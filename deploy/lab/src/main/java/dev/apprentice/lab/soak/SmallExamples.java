package dev.apprentice.lab.soak;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.event.Instruction;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.local.CommandException;
import dev.apprentice.local.log.Broker;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Examples of a dozen words, all different, written to the topic of instructions as fast as Kafka takes them.
 *
 * @param dataset the dataset they belong to
 * @param count how many
 */
record SmallExamples(String dataset, int count) {

    /** Sends all examples and returns when Kafka has them. */
    void sendTo(Broker broker) {
        AtomicReference<Exception> failure = new AtomicReference<>();
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                broker.settings(Map.of(
                        ProducerConfig.CLIENT_ID_CONFIG, "apprentice-soak",
                        ProducerConfig.ACKS_CONFIG, "all",
                        ProducerConfig.LINGER_MS_CONFIG, 20,
                        ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4")),
                new StringSerializer(),
                new ByteArraySerializer())) {
            for (int i = 0; i < count && failure.get() == null; i++) {
                Instruction example = example(i);
                producer.send(
                        new ProducerRecord<>(Topics.INSTRUCTIONS.name(), example.key(), Json.MAPPER.writeValueAsBytes(example)),
                        (written, problem) -> Optional.ofNullable(problem).ifPresent(failure::set));
            }
        } catch (KafkaException | JsonProcessingException e) {
            failure.set(e);
        }
        if (failure.get() != null) {
            throw new CommandException("Kafka did not take the examples: " + failure.get().getMessage(), failure.get());
        }
    }

    Instruction example(int number) {
        return new Instruction(
                dataset, Integer.toString(number), "Add 1 to " + number + ".", "", Integer.toString(number + 1));
    }
}
