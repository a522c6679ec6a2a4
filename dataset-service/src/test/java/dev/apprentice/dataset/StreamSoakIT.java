package dev.apprentice.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.apprentice.contracts.Json;
import dev.apprentice.contracts.event.Batch;
import dev.apprentice.contracts.event.Instruction;
import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.run.DataSource;
import dev.apprentice.contracts.run.DataSource.Overlong;
import dev.apprentice.contracts.run.DataSource.Source;
import dev.apprentice.contracts.run.DataSourceBuilder;
import dev.apprentice.contracts.run.Split;
import dev.apprentice.contracts.topic.Topic;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.local.broker.KafkaBroker;
import dev.apprentice.testkit.Fixtures;
import dev.apprentice.testkit.KafkaTopics;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Streams many small examples, faster than they can be learned, and watches the memory of the packaged service:
 * {@code mvn verify -pl dataset-service -Dit.test=StreamSoakIT -Dapprentice.soak=1000000}.
 */
@EnabledIfSystemProperty(named = "apprentice.soak", matches = "\\d+")
class StreamSoakIT {

    private static final int EXAMPLES = Integer.getInteger("apprentice.soak", 0);
    private static final int LOOKS = 40;
    private static final String RUN = "soak";

    @TempDir
    Path folder;

    @Test
    void memoryStaysFlatAndEveryExampleIsInOneBatch() throws Exception {
        try (KafkaBroker broker = KafkaBroker.start(folder.resolve("broker"), 0);
                KafkaTopics topics = new KafkaTopics(broker.bootstrapServers())) {
            ServiceProcess service = ServiceProcess.start(folder.resolve("home"), broker.bootstrapServers(), "64");
            try {
                topics.publish(Topics.RUNS, run());
                topics.await(Topics.PROGRESS, 1, progress -> progress.phase() == Phase.PREPARED);
                long began = System.nanoTime();
                produce(broker.bootstrapServers());
                long produced = System.nanoTime();
                List<Long> resident = watch(broker.bootstrapServers(), service);
                System.out.printf("%,d examples: produced in %d s, all in batches after %d s; resident memory in MiB: %s%n",
                        EXAMPLES, (produced - began) / 1_000_000_000, (System.nanoTime() - began) / 1_000_000_000, resident);
                List<Long> plateau = resident.subList(resident.size() / 2, resident.size());
                assertThat(Collections.max(plateau)).isLessThanOrEqualTo(Collections.min(plateau) * 110 / 100);
            } finally {
                service.kill();
            }
        }
    }

    private static void produce(String bootstrapServers) throws IOException {
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", bootstrapServers, "linger.ms", 20, "compression.type", "lz4"),
                new StringSerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < EXAMPLES; i++) {
                Instruction one = new Instruction(RUN, Integer.toString(i), "Add 1 to " + i + ".", "", Integer.toString(i + 1));
                producer.send(new ProducerRecord<>(Topics.INSTRUCTIONS.name(), one.key(), Json.MAPPER.writeValueAsBytes(one)));
            }
        }
    }

    /** Reads the batches as they come. @return the service's resident memory in MiB, sampled at regular intervals */
    private static List<Long> watch(String bootstrapServers, ServiceProcess service) throws IOException {
        Topic<Batch> topic = Topics.batches(RUN);
        BitSet seen = new BitSet(EXAMPLES);
        List<Long> resident = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", bootstrapServers, "isolation.level", "read_committed",
                        "auto.offset.reset", "earliest"),
                new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(Set.of(new TopicPartition(topic.name(), 0)));
            int[] count = {0};
            await().atMost(Duration.ofHours(2)).until(() -> {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(500))) {
                    for (String id : topic.read(record.value()).examples().orElseThrow()) {
                        assertThat(seen.get(Integer.parseInt(id))).as("example %s was seen before", id).isFalse();
                        seen.set(Integer.parseInt(id));
                        count[0]++;
                    }
                }
                if (count[0] >= (long) EXAMPLES * resident.size() / LOOKS) {
                    resident.add(service.residentMiB());
                }
                return count[0] == EXAMPLES;
            });
        }
        return resident;
    }

    private Run run() {
        DataSource data = DataSourceBuilder.builder()
                .dataset(RUN)
                .promptStyle("phi3")
                .split(new Split(Split.Policy.HASH, 1, 0))
                .overlong(Overlong.TERMINATE)
                .source(Source.STREAM)
                .linger(Duration.ofSeconds(5))
                .build();
        Path model = Fixtures.modelFolder("tiny-gpt2", folder.resolve("model"));
        return Runs.of(RUN, data, model.toString(), Runs.training(1, 8, true, false));
    }
}
