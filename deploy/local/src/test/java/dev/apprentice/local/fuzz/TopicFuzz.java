package dev.apprentice.local.fuzz;

import dev.apprentice.contracts.Topic;
import dev.apprentice.contracts.Topics;
import dev.apprentice.local.log.Broker;
import dev.apprentice.local.log.TopicReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Writes to every topic what no service writes: records broken, again, out of their order, and as large as it takes. */
public final class TopicFuzz {

    private static final int LARGEST = (8 << 20) - 300;
    private static final byte[] FOREIGN = "dev.apprentice.nothing.v9".getBytes(StandardCharsets.UTF_8);

    private final Broker broker;
    private final JsonMutation mutation;

    public TopicFuzz(Broker broker, JsonMutation mutation) {
        this.broker = broker;
        this.mutation = mutation;
    }

    /** Writes this many records to each topic; the broker has them on return. */
    public void run(int records) throws InterruptedException, ExecutionException {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                broker.settings(Map.of(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 32 << 20)),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            List<Future<?>> sent = new ArrayList<>();
            for (Topic<?> topic : Topics.STANDING) {
                List<ConsumerRecord<byte[], byte[]>> sound = new TopicReader(broker).records(topic.name()).stream()
                        .filter(record -> record.value() != null)
                        .toList();
                for (int i = 0; i < records && !sound.isEmpty(); i++) {
                    sent.add(producer.send(broken(topic, mutation.pick(sound))));
                }
                sent.add(producer.send(new ProducerRecord<>(topic.name(), "fuzz".getBytes(StandardCharsets.UTF_8), new byte[LARGEST])));
                sent.add(producer.send(new ProducerRecord<>(topic.name(), null, new byte[] {(byte) 0xff})));
            }
            for (Future<?> each : sent) {
                each.get();
            }
        }
    }

    /** A record of a run is only ever sent again as it was: a sound one of another name would have to be trained. */
    private ProducerRecord<byte[], byte[]> broken(Topic<?> topic, ConsumerRecord<byte[], byte[]> sound) {
        List<Header> headers = new ArrayList<>(List.of(sound.headers().toArray()));
        byte[] value = sound.value();
        switch (topic.equals(Topics.RUNS) ? mutation.below(3) : mutation.below(6)) {
            case 0 -> { /* again, and so out of its order */ }
            case 1 -> headers.add(new RecordHeader("ce_type", FOREIGN));
            case 2 -> value = Arrays.copyOf(value, mutation.below(value.length));
            default -> value = mutation.of(new String(value, StandardCharsets.UTF_8));
        }
        return new ProducerRecord<>(topic.name(), null, sound.key(), value, headers);
    }
}
