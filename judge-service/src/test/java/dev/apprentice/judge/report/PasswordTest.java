package dev.apprentice.judge.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.judge.JudgeSettings;
import dev.apprentice.judge.Samples;
import dev.apprentice.judge.Settings;
import dev.apprentice.judge.streams.StreamsSettings;
import dev.apprentice.local.broker.KafkaBroker;
import dev.apprentice.service.kafka.KafkaClients;
import dev.apprentice.service.kafka.KafkaSettings;
import dev.apprentice.testkit.KafkaTopics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The aggregation connects as every other client does, with what the {@code kafka.*} keys say. */
@Timeout(180)
class PasswordTest {

    private static final String LOGIN =
            "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%1$s\" password=\"%2$s\"";

    @TempDir Path folder;

    @Test
    void aBrokerThatAsksForAPasswordIsReadFromAndWrittenTo() throws Exception {
        Map<String, String> asking = Map.of(
                "listener.security.protocol.map", "PLAINTEXT:SASL_PLAINTEXT,CONTROLLER:PLAINTEXT",
                "sasl.enabled.mechanisms", "PLAIN",
                "sasl.mechanism.inter.broker.protocol", "PLAIN",
                "listener.name.plaintext.plain.sasl.jaas.config",
                LOGIN.formatted("broker", "own") + " user_broker=\"own\" user_apprentice=\"right\";");
        try (KafkaBroker broker = KafkaBroker.start(folder.resolve("broker"), 0, asking)) {
            Map<String, Object> connection = Map.of(
                    "bootstrap.servers", broker.bootstrapServers(),
                    "security.protocol", "SASL_PLAINTEXT",
                    "sasl.mechanism", "PLAIN",
                    "sasl.jaas.config", LOGIN.formatted("apprentice", "right") + ";");
            try (KafkaTopics topics = new KafkaTopics(connection)) {
                List.of(Topics.SCORES, Topics.REPORTS).forEach(topics::create);
                Properties settings = new StreamsSettings(
                                Settings.of(
                                        JudgeSettings.class, Map.of("apprentice.judge.home", folder.resolve("home").toString())),
                                Settings.of(KafkaSettings.class, Map.of("apprentice.kafka.instance", "test")),
                                new KafkaClients(connection))
                        .forClusterNowReached(ReportStreams.NAME);
                try (KafkaStreams streams =
                        new KafkaStreams(ReportTopology.of(Duration.ofMillis(50), Duration.ofDays(30)), settings)) {
                    streams.start();
                    topics.publish(Topics.SCORES, Samples.score("r", 0, 0, 1, 0.5));

                    assertThat(topics.await(Topics.REPORTS, 1, report -> report.graded() == 1).get(0).run()).isEqualTo("r");
                }
            }
        }
    }
}
