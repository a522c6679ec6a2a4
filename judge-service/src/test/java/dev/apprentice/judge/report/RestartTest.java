package dev.apprentice.judge.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.apprentice.contracts.event.Report;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.judge.JudgeSettings;
import dev.apprentice.judge.Samples;
import dev.apprentice.judge.Settings;
import dev.apprentice.judge.streams.StreamsSettings;
import dev.apprentice.local.broker.KafkaBroker;
import dev.apprentice.service.kafka.KafkaClients;
import dev.apprentice.service.kafka.KafkaSettings;
import dev.apprentice.testkit.KafkaTopics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Stream;
import org.apache.kafka.streams.KafkaStreams;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The aggregation on a real broker, stopped and started again. */
class RestartTest {

    private static final int QUESTIONS = 20;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    static Path folder;

    private static KafkaBroker broker;
    private static KafkaTopics topics;

    @BeforeAll
    static void startTheBroker() throws IOException {
        broker = KafkaBroker.start(folder.resolve("broker"), 0);
        topics = topicsOf(broker);
    }

    @AfterAll
    static void stopTheBroker() {
        topics.close();
        broker.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void goesOnWhereItStoppedWithOrWithoutItsFolder(boolean folderLost) throws IOException {
        String run = folderLost ? "lost" : "kept";
        try (KafkaStreams streams = start(broker)) {
            publish(topics, run, 0, QUESTIONS / 2);
            awaitGraded(topics, run, QUESTIONS / 2);
            streams.close(PATIENCE);
        }
        if (folderLost) {
            delete(home());
        }
        publish(topics, run, QUESTIONS / 2, QUESTIONS);
        try (KafkaStreams streams = start(broker)) {
            Report report = awaitGraded(topics, run, QUESTIONS);

            assertThat(report.complete()).isTrue();
            assertThat(report.metrics().get("token_f1"))
                    .isCloseTo((QUESTIONS - 1) / 2.0 / QUESTIONS, within(1e-12));
            streams.close(PATIENCE);
        }
    }

    @Test
    void besideAFreshBrokerItStartsAfresh() throws IOException {
        try (KafkaStreams streams = start(broker)) {
            publish(topics, "again", 0, QUESTIONS);
            awaitGraded(topics, "again", QUESTIONS);
            streams.close(PATIENCE);
        }
        try (KafkaBroker fresh = KafkaBroker.start(folder.resolve("fresh"), 0);
                KafkaTopics there = topicsOf(fresh);
                KafkaStreams streams = start(fresh)) {
            publish(there, "again", 3, 4);

            awaitGraded(there, "again", 1);
            assertThat(there.read(Topics.REPORTS)).extracting(Report::graded).containsOnly(1);
            streams.close(PATIENCE);
        }
    }

    private static KafkaStreams start(KafkaBroker broker) {
        Properties settings = new StreamsSettings(
                        Settings.of(JudgeSettings.class, Map.of("apprentice.judge.home", home().toString())),
                        Settings.of(KafkaSettings.class, Map.of("apprentice.kafka.instance", "test")),
                        new KafkaClients(Map.of("bootstrap.servers", broker.bootstrapServers())))
                .forClusterNowReached(ReportStreams.NAME);
        KafkaStreams streams = new KafkaStreams(ReportTopology.of(Duration.ofMillis(50), Duration.ofDays(30)), settings);
        streams.start();
        return streams;
    }

    private static Path home() {
        return folder.resolve("home");
    }

    private static KafkaTopics topicsOf(KafkaBroker broker) {
        KafkaTopics topics = new KafkaTopics(broker.bootstrapServers());
        List.of(Topics.SCORES, Topics.REPORTS).forEach(topics::create);
        return topics;
    }

    private static void publish(KafkaTopics topics, String run, int from, int to) {
        for (int index = from; index < to; index++) {
            topics.publish(
                    Topics.SCORES, Samples.score(run, 0, index, QUESTIONS, (double) index / QUESTIONS));
        }
    }

    private static Report awaitGraded(KafkaTopics topics, String run, int count) {
        return topics.await(Topics.REPORTS, 1, report -> report.run().equals(run) && report.graded() == count).get(0);
    }

    private static void delete(Path tree) throws IOException {
        try (Stream<Path> paths = Files.walk(tree)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        }
    }
}
