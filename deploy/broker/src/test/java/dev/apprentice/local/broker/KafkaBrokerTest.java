package dev.apprentice.local.broker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class KafkaBrokerTest {

    private static final TopicPartition GREETINGS = new TopicPartition("greetings", 0);

    @TempDir Path folder;

    @Test
    void keepsWhatWasCommittedOverARestartOnAnotherPort() throws Exception {
        try (KafkaBroker broker = KafkaBroker.start(folder, 0)) {
            createTopic(broker, GREETINGS.topic());
            sendInTransaction(broker, "hello");
        }
        try (KafkaBroker broker = KafkaBroker.start(folder, 0)) {
            sendInTransaction(broker, "again");

            assertThat(readCommitted(broker, 2)).containsExactly("hello", "again");
        }
    }

    @Test
    void makesNoTopicThatNobodyMade() throws Exception {
        try (KafkaBroker broker = KafkaBroker.start(folder, 0);
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            assertThatThrownBy(() -> admin.describeTopics(List.of("misspelt")).allTopicNames().get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(UnknownTopicOrPartitionException.class);
        }
    }

    @Test
    void namesThePortThatIsTaken() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThatIOException()
                    .isThrownBy(() -> KafkaBroker.start(folder, other.getLocalPort()))
                    .withMessage(
                            "Port %d on 127.0.0.1 is taken by another process; end that process or choose another port.",
                            other.getLocalPort());
        }
    }

    @Test
    void refusesAFolderThatKafkaWouldReadAsTwo() {
        Path twoNames = folder.resolve("a,b");

        assertThatIOException()
                .isThrownBy(() -> KafkaBroker.start(twoNames, 0))
                .withMessageContaining(twoNames.toString())
                .withMessageContaining("choose a folder without commas");
    }

    private static void createTopic(KafkaBroker broker, String topic) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(topic, Optional.of(1), Optional.empty()))).all().get();
        }
    }

    private static void sendInTransaction(KafkaBroker broker, String text) throws Exception {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "transactional.id", "greeter");
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(GREETINGS.topic(), text)).get();
            producer.commitTransaction();
        }
    }

    private static List<String> readCommitted(KafkaBroker broker, int count) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", broker.bootstrapServers(), "isolation.level", "read_committed");
        List<String> texts = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(GREETINGS));
            consumer.seekToBeginning(List.of(GREETINGS));
            while (texts.size() < count) {
                for (ConsumerRecord<String, String> each : consumer.poll(Duration.ofSeconds(1))) {
                    texts.add(each.value());
                }
            }
        }
        return texts;
    }
}
