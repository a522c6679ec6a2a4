package dev.apprentice.service.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.apprentice.contracts.topic.Topic;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.local.broker.KafkaBroker;
import dev.apprentice.service.threads.WatchedThreads;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One broker for all tests. It knows the controller's changes a moment later, so it is asked until it does. */
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
class TopicProvisioningTest {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final String LIMIT = "max.message.bytes";

    private KafkaBroker broker;
    private Admin admin;
    private TopicProvisioning provisioning;

    @BeforeAll
    void startTheBroker(@TempDir Path folder) throws IOException {
        broker = KafkaBroker.start(folder, 0);
        admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
        provisioning = new TopicProvisioning(
                new DefaultSettings(), new KafkaClients(Map.of("bootstrap.servers", broker.bootstrapServers())),
                new WatchedThreads());
        await().atMost(PATIENCE).until(() -> {
            provisioning.provision(); // the service also asks a slow broker again
            return provisioning.missing().isEmpty();
        });
    }

    @AfterAll
    void stop() {
        provisioning.stop(null);
        admin.close();
        broker.close();
    }

    @Test
    void everyTopicIsMadeWithItsPartitionsAndSettings() throws Exception {
        List<String> all = new ArrayList<>(Topics.PROVISIONED.stream().map(Topic::name).toList());
        all.add(Topics.DEAD_LETTERS);
        for (String name : all) {
            assertThat(description(name).partitions()).as(name).hasSize(3);
            assertThat(setting(name, LIMIT)).isEqualTo("8388608");
            assertThat(setting(name, "message.timestamp.type")).isEqualTo("LogAppendTime");
            assertThat(setting(name, "min.insync.replicas")).isEqualTo("1");
        }
        assertThat(setting("apprentice.runs", "cleanup.policy")).isEqualTo("compact");
        assertThat(setting("apprentice.progress", "cleanup.policy")).isEqualTo("delete");
        assertThat(Stream.of(setting("apprentice.checkpoints", "cleanup.policy").split(",")))
                .containsExactlyInAnyOrder("compact", "delete");
    }

    @Test
    void aTopicThatSomebodyDeletesIsMadeAgainAndTheOthersStay() throws Exception {
        Uuid runs = description("apprentice.runs").topicId();
        Uuid scores = description("apprentice.scores").topicId();
        admin.deleteTopics(List.of("apprentice.scores")).all().get();

        provisioning.provision();

        await().until(() -> !description("apprentice.scores").topicId().equals(scores));
        assertThat(description("apprentice.runs").topicId()).isEqualTo(runs);
    }

    @Test
    void aRunsOwnTopicHasOnePartitionAndMakingItAgainChangesNothing() throws Exception {
        String name = Topics.batches("first").name();
        provisioning.create(Topics.batches("first"));
        provisioning.create(Topics.batches("first"));
        assertThat(description(name).partitions()).hasSize(1);
    }

    @Test
    void anOlderTopicThatAllowsLessIsRaised() throws Exception {
        String name = Topics.batches("older").name();
        make(name, "1048576");
        provisioning.create(Topics.batches("older"));
        await().until(() -> setting(name, LIMIT).equals("8388608"));
    }

    @Test
    void aTopicThatAllowsMoreKeepsThat() throws Exception {
        String name = Topics.batches("larger").name();
        make(name, "20000000");
        provisioning.create(Topics.batches("larger"));
        assertThat(setting(name, LIMIT)).isEqualTo("20000000");
    }

    @Test
    void aTopicThatIsNotThereIsAsGoodAsDeleted() throws Exception {
        String name = Topics.batches("over").name();
        provisioning.create(Topics.batches("over"));
        description(name);
        provisioning.delete(Topics.batches("over"));
        provisioning.delete(Topics.batches("over"));
        await().until(() -> !admin.listTopics().names().get().contains(name));
    }

    @Test
    void whatIsWrongIsSaidUntilTheBrokerIsThere() {
        TopicProvisioning waiting = new TopicProvisioning(
                new DefaultSettings(), new KafkaClients(Map.of("bootstrap.servers", "kafka.invalid:9092")),
                new WatchedThreads());
        assertThat(waiting.missing()).hasValue("Kafka has not been reached yet");
        waiting.provision();
        waiting.stop(null);
        assertThat(waiting.missing().orElseThrow())
                .startsWith("Kafka at kafka.invalid:9092 cannot be used: ")
                .contains("No resolvable bootstrap urls");
    }

    @Test
    void aBrokerThatTakesConnectionsAndSaysNothingDoesNotAnswer() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            String address = "localhost:" + silent.getLocalPort();
            TopicProvisioning waiting = new TopicProvisioning(
                    new DefaultSettings(), new KafkaClients(Map.of(
                            "bootstrap.servers", address, "request.timeout.ms", "500", "default.api.timeout.ms", "1000")),
                    new WatchedThreads());
            waiting.provision();
            waiting.stop(null);

            assertThat(waiting.missing()).hasValue("Kafka at " + address + " cannot be used: it does not answer");
        }
    }

    private void make(String name, String limit) throws Exception {
        admin.createTopics(List.of(new NewTopic(name, 1, (short) 1).configs(Map.of(LIMIT, limit)))).all().get();
        description(name);
    }

    private TopicDescription description(String name) {
        return await().ignoreExceptionsMatching(e -> e.getCause() instanceof UnknownTopicOrPartitionException)
                .until(() -> admin.describeTopics(List.of(name)).allTopicNames().get().get(name), Objects::nonNull);
    }

    private String setting(String topic, String name) throws Exception {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        Config config = admin.describeConfigs(List.of(resource)).all().get().get(resource);
        return config.get(name).value();
    }
}
