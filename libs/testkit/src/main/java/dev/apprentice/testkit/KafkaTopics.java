package dev.apprentice.testkit;

import dev.apprentice.contracts.InvalidEventException;
import dev.apprentice.contracts.event.Event;
import dev.apprentice.contracts.topic.EventSerializer;
import dev.apprentice.contracts.topic.Topic;
import dev.apprentice.contracts.topic.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

/** A test's client of the broker: writes what other services would write, and reads what the service under test wrote. */
public final class KafkaTopics implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(3);
    /** More than any topic accepts, so a test can send what a foreign client might. */
    private static final int LARGEST_REQUEST_BYTES = 32 << 20;
    private static final Duration POLL = Duration.ofMillis(100);
    /**
     * How long the broker holds an empty fetch. All other requests of a client wait behind it, even the one at close. The default
     * is half a second, several times in each test.
     */
    static final String FETCH_WAIT_MS = "50";

    private final Map<String, Object> connection;
    private final KafkaProducer<String, byte[]> producer;
    private final KafkaConsumer<String, byte[]> consumer; // guarded by this

    public KafkaTopics(String bootstrapServers) {
        this(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
    }

    /** Connects. @param connection how to connect, TLS and SASL included */
    public KafkaTopics(Map<String, Object> connection) {
        this.connection = connection;
        this.producer = new KafkaProducer<>(
                with(Map.of(
                        ProducerConfig.ACKS_CONFIG, "all",
                        ProducerConfig.MAX_REQUEST_SIZE_CONFIG, LARGEST_REQUEST_BYTES,
                        ProducerConfig.CLIENT_ID_CONFIG, "test")),
                new StringSerializer(),
                new ByteArraySerializer());
        this.consumer = new KafkaConsumer<>(
                with(Map.of(
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, FETCH_WAIT_MS,
                        ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false)),
                new StringDeserializer(),
                new ByteArrayDeserializer());
    }

    private Map<String, Object> with(Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(connection);
        all.putAll(settings);
        return all;
    }

    /** Creates a topic as the services would, unless it exists. */
    public void create(Topic<?> topic) {
        try (Admin admin = Admin.create(connection)) {
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

    /** Deletes a topic with its records. */
    public void delete(Topic<?> topic) {
        try (Admin admin = Admin.create(connection)) {
            admin.deleteTopics(Set.of(topic.name())).all().get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Returns how many members of a consumer group have partitions of the topic. */
    public long readers(String group, Topic<?> topic) {
        try (Admin admin = Admin.create(connection)) {
            return admin.describeConsumerGroups(Set.of(group)).describedGroups().get(group).get().members().stream()
                    .filter(member -> member.assignment().topicPartitions().stream().anyMatch(it -> it.topic().equals(topic.name())))
                    .count();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Writes an event with its key and CloudEvents headers, and waits for the acknowledgement. */
    public <E extends Event> void publish(Topic<E> topic, E event) {
        publish(topic, event, Map.of());
    }

    /** Writes an event with headers that are added or replace its own, and waits for the acknowledgement. */
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

    /** Writes an unreadable record that is about as large as a topic accepts by default. */
    public void publishLargest(String topic, String key) {
        publishText(topic, key, "x".repeat((8 << 20) - 200));
    }

    /** Writes any text as a record's value, valid or not. */
    public void publishText(String topic, String key, String value) {
        publishText(topic, key, value, Map.of());
    }

    /** Writes any text as a record's value, with headers. */
    public void publishText(String topic, String key, String value, Map<String, String> headers) {
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(topic, key, value == null ? null : value.getBytes(StandardCharsets.UTF_8));
        headers.forEach((name, text) -> record.headers().add(name, text.getBytes(StandardCharsets.UTF_8)));
        send(record);
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

    /** Returns every committed event now on the topic, in order within each partition. Leaves out unreadable records and tombstones. */
    public <E extends Event> List<E> read(Topic<E> topic) {
        return records(topic.name()).stream().flatMap(record -> event(topic, record).stream()).toList();
    }

    private static <E extends Event> Optional<E> event(Topic<E> topic, ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(topic.read(record.value()));
        } catch (InvalidEventException poison) {
            return Optional.empty(); // a test has written it on purpose
        }
    }

    /** Returns every committed record now on the topic, as bytes; none if the topic does not exist. */
    public synchronized List<ConsumerRecord<String, byte[]>> records(String topic) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        Set<TopicPartition> partitions = partitions(topic);
        goToTheBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
            consumer.poll(POLL).forEach(records::add);
        }
        return records;
    }

    /** Waits until the topic holds at least this many matching events, and returns all that match. */
    public <E extends Event> List<E> await(Topic<E> topic, int count, Predicate<E> fits) {
        awaitRecords(topic.name(), count, record -> event(topic, record).filter(fits).isPresent());
        return read(topic).stream().filter(fits).toList();
    }

    /** Waits for a dead letter whose reason contains this text, and returns it. */
    public ConsumerRecord<String, byte[]> awaitDeadLetter(String reasonPart) {
        return awaitRecords(Topics.DEAD_LETTERS, 1, record -> header(record, "dead-letter-reason").contains(reasonPart)).get(0);
    }

    /** Waits for matching records. Reads each record once. */
    private synchronized List<ConsumerRecord<String, byte[]>> awaitRecords(
            String topic, int count, Predicate<ConsumerRecord<String, byte[]>> fits) {
        long began = System.nanoTime();
        List<ConsumerRecord<String, byte[]>> found = new ArrayList<>();
        Set<TopicPartition> partitions = awaitPartitions(topic);
        goToTheBeginning(partitions);
        while (found.size() < count) {
            consumer.poll(POLL).forEach(record -> {
                if (fits.test(record)) {
                    found.add(record);
                }
            });
            if (System.nanoTime() - began > PATIENCE.toNanos()) {
                throw new AssertionError("%d of %d awaited records were on %s within %d s"
                        .formatted(found.size(), count, topic, PATIENCE.toSeconds()));
            }
        }
        return found;
    }

    /** Waits until the topic exists. The service that first needs a topic creates it, and that may be the service under test. */
    private Set<TopicPartition> awaitPartitions(String topic) {
        return Awaitility.await("topic " + topic)
                .atMost(PATIENCE)
                .pollInSameThread()
                .pollDelay(Duration.ZERO)
                .until(() -> partitions(topic), partitions -> !partitions.isEmpty());
    }

    private Set<TopicPartition> partitions(String topic) {
        return consumer.listTopics().getOrDefault(topic, List.of()).stream()
                .map(info -> new TopicPartition(info.topic(), info.partition()))
                .collect(Collectors.toSet());
    }

    private void goToTheBeginning(Set<TopicPartition> partitions) {
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
    }

    /** Returns a header as text; empty if there is none. */
    public static String header(ConsumerRecord<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    @Override
    public synchronized void close() {
        producer.close();
        consumer.close();
    }
}
