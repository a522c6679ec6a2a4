package dev.apprentice.local.log;

import dev.apprentice.contracts.InvalidEventException;
import dev.apprentice.contracts.event.Event;
import dev.apprentice.contracts.topic.Topic;
import dev.apprentice.local.CommandException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Reads what a topic holds now, from its beginning to its end, without committing offsets. */
public final class TopicReader {

    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(200);

    private final Broker broker;

    public TopicReader(Broker broker) {
        this.broker = broker;
    }

    /**
     * Returns every committed record, in order within each partition; none if the topic does not exist.
     *
     * @throws CommandException if the broker does not respond
     */
    public List<ConsumerRecord<byte[], byte[]>> records(String topic) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer =
                new KafkaConsumer<>(settings(), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            Set<TopicPartition> partitions = consumer.listTopics().getOrDefault(topic, List.of()).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .collect(Collectors.toSet());
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(POLL).forEach(records::add);
            }
        } catch (KafkaException e) {
            throw broker.cannotBeUsed(e);
        }
        return records;
    }

    /** Returns every committed event; leaves out tombstones and records that cannot be read. */
    public <E extends Event> List<E> events(Topic<E> topic) {
        List<E> events = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records(topic.name())) {
            if (record.value() != null) {
                try {
                    events.add(topic.read(record.value()));
                } catch (InvalidEventException poison) {
                    continue; // a service has made it a dead letter
                }
            }
        }
        return events;
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new HashMap<>(broker.readingSettings());
        settings.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, Math.toIntExact(PATIENCE.toMillis()));
        settings.put(ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG, Math.toIntExact(PATIENCE.toMillis()));
        return settings;
    }
}
