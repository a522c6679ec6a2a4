package dev.apprentice.testkit;

import dev.apprentice.contracts.Event;
import dev.apprentice.contracts.EventSerializer;
import dev.apprentice.contracts.InvalidEventException;
import dev.apprentice.contracts.Topic;
import dev.apprentice.contracts.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;

/** A test's own hands on the broker: it writes what other services would write and reads what the service under test wrote. */
public final class KafkaTopics implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final String bootstrapServers;
    private final KafkaProducer<String, byte[]> producer;

    public KafkaTopics(String bootstrapServers) {
        this.bootstrapServers = bootstrapServers;
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                        ProducerConfig.ACKS_CONFIG, "all",
                        ProducerConfig.CLIENT_ID_CONFIG, "test"),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /** Makes a topic as the services would, unless it exists. */
    public void create(Topic<?> topic) {
        try (Admin admin = Admin.create(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            admin.createTopics(Set.of(new NewTopic(topic.name(), topic.partitioned() ? 3 : 1, (short) 1)
                            .configs(topic.settings())))
                    .all()
                    .get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException(e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Deletes a topic with all that is in it. */
    public void delete(Topic<?> topic) {
        try (Admin admin = Admin.create(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            admin.deleteTopics(Set.of(topic.name())).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Writes an event with its key and CloudEvents headers, and waits until the broker has it. */
    public <E extends Event> void publish(Topic<E> topic, E event) {
        publish(topic, event, Map.of());
    }

    /** Writes an event with further headers, or others in place of its own, and waits until the broker has it. */
    public <E extends Event> void publish(Topic<E> topic, E event, Map<String, String> headers) {
        ProducerRecord<String, byte[]> record = new ProducerRecord<>(topic.name(), event.key(), null);
        try (EventSerializer<E> serializer = new EventSerializer<>()) {
            byte[] json = serializer.serialize(topic.name(), record.headers(), event);
            headers.forEach((name, value) -> {
                record.headers().remove(name);
                record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
            });
            send(new ProducerRecord<>(topic.name(), null, event.key(), json, record.headers()));
        }
    }

    /** Writes any text as a record's value, fit or not. */
    public void publishText(String topic, String key, String value) {
        send(new ProducerRecord<>(topic, key, value == null ? null : value.getBytes(StandardCharsets.UTF_8)));
    }

    private void send(ProducerRecord<String, byte[]> record) {
        try {
            producer.send(record).get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Every committed event now on the topic, partition by partition in order. Unreadable records and tombstones are left out. */
    public <E extends Event> List<E> read(Topic<E> topic) {
        List<E> events = new ArrayList<>();
        for (ConsumerRecord<String, byte[]> record : records(topic.name())) {
            if (record.value() != null) {
                try {
                    events.add(topic.read(record.value()));
                } catch (InvalidEventException poison) {
                    continue; // written by a test on purpose
                }
            }
        }
        return events;
    }

    /** Every committed record now on the topic, as bytes. A topic that does not exist has none. */
    public List<ConsumerRecord<String, byte[]>> records(String topic) {
        Map<String, Object> configuration = new HashMap<>();
        configuration.put(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        configuration.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        configuration.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(configuration, new StringDeserializer(), new ByteArrayDeserializer())) {
            Set<TopicPartition> partitions = consumer.listTopics().getOrDefault(topic, List.of()).stream()
                    .map(info -> new TopicPartition(info.topic(), info.partition()))
                    .collect(Collectors.toSet());
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100)).forEach(records::add);
            }
        }
        return records;
    }

    /** Waits until the topic holds at least this many events that fit, and returns those. */
    public <E extends Event> List<E> await(Topic<E> topic, int count, Predicate<E> fits) {
        return Awaitility.await(count + " records on " + topic.name())
                .atMost(PATIENCE)
                .until(() -> read(topic).stream().filter(fits).toList(), events -> events.size() >= count);
    }

    /** Waits for a dead letter with this text among its headers' values, and returns it. */
    public ConsumerRecord<String, byte[]> awaitDeadLetter(String reasonPart) {
        return Awaitility.await("a dead letter saying '" + reasonPart + "'")
                .atMost(PATIENCE)
                .until(
                        () -> records(Topics.DEAD_LETTERS).stream()
                                .filter(record -> header(record, "dead-letter-reason").contains(reasonPart))
                                .findFirst()
                                .orElse(null),
                        Objects::nonNull);
    }

    /** A header as text; empty where there is none. */
    public static String header(ConsumerRecord<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        producer.close();
    }
}
