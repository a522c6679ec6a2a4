package dev.apprentice.acceptance.fuzz;

import dev.apprentice.contracts.topic.Topic;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.local.log.Broker;
import dev.apprentice.local.log.TopicReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes to every topic what no service writes: records that are broken, repeated, out of order, or as large as the topic accepts. */
public final class TopicFuzz {

    private static final int LARGEST = (8 << 20) - 300;
    private static final byte[] KEY = "fuzz".getBytes(StandardCharsets.UTF_8);
    private static final byte[] GARBAGE = {(byte) 0xff};
    private static final byte[] FOREIGN = "dev.apprentice.nothing.v9".getBytes(StandardCharsets.UTF_8);

    private final Broker broker;
    private final JsonMutation mutation;

    public TopicFuzz(Broker broker, JsonMutation mutation) {
        this.broker = broker;
        this.mutation = mutation;
    }

    /**
     * Writes this many records to each standing topic, to the batches of the run, and to the dead letters.
     *
     * @return the places of unreadable records, in the form of a dead letter: each standing topic's largest record, and the last
     *     one of each of its partitions
     */
    public Set<String> run(int records, String run) throws InterruptedException, ExecutionException {
        Set<String> unusable = new TreeSet<>();
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                broker.settings(Map.of(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 32 << 20)),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            List<String> topics = new ArrayList<>(Topics.STANDING.stream().map(Topic::name).toList());
            topics.addAll(List.of(Topics.batches(run).name(), Topics.DEAD_LETTERS));
            for (String topic : topics) {
                sendBroken(producer, topic, records);
            }
            for (Topic<?> topic : Topics.STANDING) {
                unusable.add(place(producer.send(new ProducerRecord<>(topic.name(), KEY, new byte[LARGEST])).get()));
                for (PartitionInfo partition : producer.partitionsFor(topic.name())) {
                    unusable.add(place(
                            producer.send(new ProducerRecord<>(topic.name(), partition.partition(), KEY, GARBAGE)).get()));
                }
            }
        }
        return unusable;
    }

    private void sendBroken(KafkaProducer<byte[], byte[]> producer, String topic, int records)
            throws InterruptedException, ExecutionException {
        List<ConsumerRecord<byte[], byte[]>> sound = new TopicReader(broker).records(topic).stream()
                .filter(record -> record.value() != null && record.value().length > 0)
                .toList();
        List<Future<RecordMetadata>> sent = new ArrayList<>();
        for (int i = 0; i < records && !sound.isEmpty(); i++) {
            sent.add(producer.send(broken(topic, mutation.pick(sound))));
        }
        for (Future<RecordMetadata> each : sent) {
            each.get();
        }
    }

    /**
     * Returns a broken record. A run's record is only repeated or made unreadable, since a valid one under another name would be
     * trained.
     */
    private ProducerRecord<byte[], byte[]> broken(String topic, ConsumerRecord<byte[], byte[]> sound) {
        List<Header> headers = new ArrayList<>(List.of(sound.headers().toArray()));
        byte[] value = sound.value();
        switch (mutation.below(topic.equals(Topics.RUNS.name()) ? 3 : 6)) {
            case 0 -> { /* repeated, and so out of order */ }
            case 1 -> headers.add(new RecordHeader("ce_type", FOREIGN));
            case 2 -> value = Arrays.copyOf(value, mutation.below(value.length));
            default -> value = mutation.of(new String(value, StandardCharsets.UTF_8));
        }
        byte[] key = sound.key() == null ? KEY : sound.key(); // a compacted topic accepts no record without a key
        return new ProducerRecord<>(topic, null, key, value, headers);
    }

    private static String place(RecordMetadata record) {
        return record.topic() + "-" + record.partition() + " offset " + record.offset();
    }
}
