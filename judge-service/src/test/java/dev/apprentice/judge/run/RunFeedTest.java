package dev.apprentice.judge.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.apprentice.contracts.event.ReportBuilder;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.topic.EventSerializer;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.judge.Settings;
import dev.apprentice.judge.page.SampleRun;
import dev.apprentice.judge.report.ReportView;
import dev.apprentice.local.broker.KafkaBroker;
import dev.apprentice.service.kafka.KafkaClients;
import dev.apprentice.service.kafka.KafkaSettings;
import dev.apprentice.service.threads.WatchedThreads;
import dev.apprentice.testkit.KafkaTopics;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The feed with a real broker, without the service. */
class RunFeedTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final List<String> NAMES = IntStream.range(0, 60).mapToObj(i -> "run-" + i).toList();

    @TempDir static Path folder;

    private static KafkaBroker broker;
    private static KafkaTopics topics;
    private static KafkaClients clients;

    private final Runs runs = new Runs();
    private final ReportView reports = new ReportView();
    private final WatchedThreads threads = new WatchedThreads();
    private final RunFeed feed = new RunFeed(
            clients, runs, reports, new SimpleMeterRegistry(),
            Settings.of(KafkaSettings.class, Map.of("apprentice.kafka.instance", "test")), threads);

    @BeforeAll
    static void sixtyRunsAreThere() throws Exception {
        broker = KafkaBroker.start(folder, 0);
        topics = new KafkaTopics(broker.bootstrapServers());
        clients = new KafkaClients(Map.of("bootstrap.servers", broker.bootstrapServers()));
        List.of(Topics.RUNS, Topics.PROGRESS, Topics.CHECKPOINTS, Topics.REPORTS).forEach(topics::create);
        topics.publishText(Topics.RUNS.name(), "unreadable", "{");
        NAMES.forEach(name -> {
            new SampleRun(topics, name, Optional.empty()).asked().checkpoint(SampleRun.STEPS);
            topics.publish(Topics.REPORTS, ReportBuilder.builder().run(name).step(SampleRun.STEPS).questions(1).graded(1).build());
        });
    }

    @AfterAll
    static void endTheBroker() {
        topics.close();
        broker.close();
    }

    @AfterEach
    void stop() throws InterruptedException {
        feed.stop(new ShutdownEvent());
        assertThat(threads.trouble()).isEmpty();
    }

    /** A service gets requests as soon as it is ready. */
    @Test
    void isCompleteOnceAllIsReadThatWasThereAtTheStart() {
        assertThat(feed.isComplete()).isFalse();

        feed.start(new StartupEvent());
        Awaitility.await().atMost(PATIENCE).until(feed::isComplete);

        assertThat(runs.summaries()).extracting(RunSummary::run).containsAll(NAMES);
        assertThat(reports.runs()).containsAll(NAMES);
        assertThat(NAMES).allSatisfy(name -> assertThat(runs.detail(name).orElseThrow().checkpoints()).hasSize(1));
    }

    @Test
    void aPartitionThatCameLaterIsReadToo() throws Exception {
        feed.start(new StartupEvent());
        Awaitility.await().atMost(PATIENCE).until(feed::isComplete);
        Run one = runs.detail(NAMES.get(0)).orElseThrow().run().orElseThrow();

        try (Admin admin = clients.admin("test")) {
            admin.createPartitions(Map.of(Topics.RUNS.name(), NewPartitions.increaseTo(5))).all().get();
        }
        try (Producer<String, Run> producer = clients.producer("test", Map.of(), new EventSerializer<>())) {
            Run later = new Run("later", one.desired(), one.requestedAt(), one.specification());
            producer.send(new ProducerRecord<>(Topics.RUNS.name(), 4, later.key(), later)).get();
        }

        Awaitility.await().atMost(PATIENCE).until(() -> runs.detail("later").isPresent());
    }
}
