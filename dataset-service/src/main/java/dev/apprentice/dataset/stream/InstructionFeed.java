package dev.apprentice.dataset.stream;

import dev.apprentice.contracts.InvalidEventException;
import dev.apprentice.contracts.topic.ConsumerGroups;
import dev.apprentice.contracts.topic.Topic;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.dataset.datasets.catalog.InstructionChange;
import dev.apprentice.dataset.datasets.example.ExampleSize;
import dev.apprentice.service.kafka.KafkaClients;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Header;
import org.jboss.logging.Logger;

/**
 * Reads the instructions topic for one run, at the run's own position.
 *
 * <p>Reads with {@code assign} and {@code seek}: one process streams a run, and its producer fences any other. The position is
 * committed for the group {@code dataset-service-stream-[run]}, where Kafka's own tools show the run's lag. Only a few records
 * are in memory at a time, however many wait.
 *
 * <p>Records that cannot be used are skipped here: the dataset's own channel sends them to the dead letters, once for all runs.
 */
final class InstructionFeed implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(InstructionFeed.class);
    private static final Duration BROKER_PATIENCE = Duration.ofSeconds(1);
    private static final int RECORDS_AT_A_TIME = 1_000;
    private static final int BYTES_AT_A_TIME = 4 << 20;

    private final Consumer<String, byte[]> consumer;
    private final String topic = Topics.INSTRUCTIONS.name();
    private final String dataset;
    private final ExampleSize size;
    private int partitions;
    private int uncommitted;

    /** @param clients how to reach the broker */
    InstructionFeed(KafkaClients clients, String run, String dataset, ExampleSize size) {
        this.size = size;
        String group = ConsumerGroups.stream(run);
        this.consumer = clients.consumer(
                group,
                Map.of(
                        ConsumerConfig.GROUP_ID_CONFIG, group,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_AT_A_TIME,
                        ConsumerConfig.FETCH_MAX_BYTES_CONFIG, BYTES_AT_A_TIME));
        this.dataset = dataset;
    }

    /** Tells whether a topic exists; true if the broker does not answer. */
    boolean isThere(Topic<?> topic) {
        try {
            return consumer.listTopics(BROKER_PATIENCE).containsKey(topic.name());
        } catch (TimeoutException brokerAway) {
            return true;
        }
    }

    /** Returns the topic's end offsets by partition. */
    Map<Integer, Long> ends() {
        return byPartition(consumer.endOffsets(all()));
    }

    /** Seeks to a position, and to the beginning of partitions that the position does not name. */
    void goTo(Map<Integer, Long> position) {
        Set<TopicPartition> all = all();
        partitions = all.size();
        consumer.assign(all);
        for (TopicPartition one : all) {
            Long offset = position.get(one.partition());
            if (offset == null) {
                consumer.seekToBeginning(Set.of(one));
            } else {
                consumer.seek(one, offset);
            }
        }
    }

    /** Returns the next changes to the dataset, in the order of each partition. @param patience how long to wait for the first record */
    List<Arrival> poll(Duration patience) {
        List<Arrival> arrivals = new ArrayList<>();
        try {
            for (ConsumerRecord<String, byte[]> record : consumer.poll(patience)) {
                uncommitted++;
                arrival(record).ifPresent(arrivals::add);
            }
        } catch (InvalidOffsetException e) {
            e.partitions().forEach(this::goOnFromTheBeginning);
        }
        takeInNewPartitions();
        return arrivals;
    }

    private Optional<Arrival> arrival(ConsumerRecord<String, byte[]> record) {
        try {
            InstructionChange change = InstructionChange.of(record.key(), record.headers(), record.value(), size);
            return change.dataset().equals(dataset)
                    ? Optional.of(new Arrival(change.change(), Optional.of(origin(record))))
                    : Optional.empty();
        } catch (InvalidEventException poison) {
            return Optional.empty();
        }
    }

    private static Origin origin(ConsumerRecord<String, byte[]> record) {
        return new Origin(
                record.partition(),
                record.offset(),
                Instant.ofEpochMilli(record.timestamp()),
                header(record, "traceparent"),
                header(record, "tracestate"));
    }

    private static Optional<String> header(ConsumerRecord<String, byte[]> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
    }

    /** Returns how many records were read since the position was last committed, those of other datasets included. */
    int uncommitted() {
        return uncommitted;
    }

    /** Records that the position is committed. */
    void committed() {
        uncommitted = 0;
    }

    /** Returns the position by partition: all records before it have been returned. */
    Map<Integer, Long> position() {
        Map<TopicPartition, Long> position = new HashMap<>();
        consumer.assignment().forEach(one -> position.put(one, consumer.position(one)));
        return byPartition(position);
    }

    /** Returns the position in the form in which a transaction commits it. */
    Map<TopicPartition, OffsetAndMetadata> offsets() {
        return consumer.assignment().stream()
                .collect(Collectors.toMap(one -> one, one -> new OffsetAndMetadata(consumer.position(one))));
    }

    /** Returns the consumer group that the position is committed for. */
    ConsumerGroupMetadata group() {
        return consumer.groupMetadata();
    }

    /** Continues at the first record, because records expired before they were read or the topic was created anew. */
    private void goOnFromTheBeginning(TopicPartition one) {
        long beginning = consumer.beginningOffsets(Set.of(one)).get(one);
        LOG.warnf(
                "what the run had yet to read of %s is no longer there (a longer retention.ms keeps it); it goes on at the"
                        + " partition's first record, offset %d",
                one,
                beginning);
        consumer.seek(one, beginning);
    }

    private void takeInNewPartitions() {
        if (consumer.partitionsFor(topic).size() > partitions) {
            goTo(position());
        }
    }

    private Set<TopicPartition> all() {
        return consumer.partitionsFor(topic).stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .collect(Collectors.toSet());
    }

    private static Map<Integer, Long> byPartition(Map<TopicPartition, Long> offsets) {
        Map<Integer, Long> byPartition = new TreeMap<>();
        offsets.forEach((partition, offset) -> byPartition.put(partition.partition(), offset));
        return byPartition;
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
    }
}
