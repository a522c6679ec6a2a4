package dev.apprentice.judge.mlflow;

import dev.apprentice.contracts.InvalidEventException;
import dev.apprentice.contracts.topic.ConsumerGroups;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.service.kafka.KafkaClients;
import dev.apprentice.service.log.RepeatedWarning;
import dev.apprentice.service.threads.WatchedThread;
import dev.apprentice.service.threads.WatchedThreads;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jboss.logging.Logger;

/**
 * Reads runs, progress, checkpoints and reports in a consumer group and exports them to MLflow. Offsets are committed after the
 * export. While the server is away, nothing is committed, and the rest of this service goes on.
 */
@ApplicationScoped
public class MlflowFeed {

    private static final Logger LOG = Logger.getLogger(MlflowFeed.class);
    private static final Duration POLL = Duration.ofSeconds(1);
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);
    /** The most ids that are cached; an evicted id is found again by its tag. */
    private static final int IDS_KEPT = 1_000;

    private final MlflowSettings settings;
    private final KafkaClients clients;
    private final WatchedThreads threads;
    private final WatchedThread thread;
    private final RepeatedWarning away = new RepeatedWarning(LOG);
    private volatile Optional<String> trouble = Optional.empty();

    MlflowFeed(MlflowSettings settings, KafkaClients clients, WatchedThreads threads) {
        this.settings = settings;
        this.clients = clients;
        this.threads = threads;
        this.thread = new WatchedThread("mlflow", this::feed, settings.retryEvery());
    }

    void start(@Observes StartupEvent event) {
        if (settings.tracking().uri().isEmpty()) {
            return;
        }
        try {
            TrackingServer.of(settings.tracking(), thread::isStopping);
        } catch (IllegalArgumentException e) { // it may be meant for other programs, and must not keep this one from starting
            LOG.warn(e.getMessage());
            trouble = Optional.of(e.getMessage());
            return;
        }
        threads.start(thread);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        thread.stop();
        thread.join(LAST_WORDS);
    }

    /** Returns why nothing can be registered at the moment; empty if all is well, or if no server is configured. */
    public Optional<String> trouble() {
        return trouble;
    }

    private void feed(WatchedThread self) throws InterruptedException {
        try {
            follow(self);
        } catch (InterruptException e) {
            throw new InterruptedException(e.getMessage());
        } catch (KafkaException e) { // KafkaCondition reports it
            LOG.debugf(e, "the topics for the export to MLflow cannot be read at the moment");
            self.pause(settings.retryEvery());
        } catch (IOException e) {
            trouble = Optional.of(e.getMessage());
            away.warn(e.getMessage() + "; what happens meanwhile is registered when it is back", null);
            self.pause(settings.retryEvery());
        }
    }

    private void follow(WatchedThread self) throws IOException, InterruptedException {
        MlflowExport export = new MlflowExport(
                TrackingServer.of(settings.tracking(), self::isStopping), settings.experimentName(), ids());
        try (Consumer<String, byte[]> consumer = clients.consumer(
                "judge-service-mlflow",
                Map.of(
                        ConsumerConfig.GROUP_ID_CONFIG, ConsumerGroups.JUDGE_MLFLOW,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"))) {
            consumer.subscribe(List.of(
                    Topics.RUNS.name(), Topics.PROGRESS.name(), Topics.CHECKPOINTS.name(), Topics.REPORTS.name()));
            while (!self.isStopping()) {
                for (Map.Entry<String, RunNews> news : byRun(consumer.poll(POLL)).entrySet()) {
                    export.export(news.getKey(), news.getValue());
                    trouble = Optional.empty();
                    away.over();
                }
                consumer.commitSync();
            }
        }
    }

    private static Map<String, RunNews> byRun(ConsumerRecords<String, byte[]> records) {
        Map<String, RunNews> runs = new LinkedHashMap<>();
        for (ConsumerRecord<String, byte[]> record : records) {
            if (record.value() == null) {
                continue; // withdrawn; its users may delete what MLflow has of it
            }
            try {
                take(record, runs);
            } catch (InvalidEventException e) { // the service that works with the topic writes it to the dead letters
                LOG.debugf("skipped: %s", e.getMessage());
            }
        }
        return runs;
    }

    private static void take(ConsumerRecord<String, byte[]> record, Map<String, RunNews> runs) {
        String topic = record.topic();
        if (topic.equals(Topics.RUNS.name())) {
            var run = Topics.RUNS.read(record.headers(), record.value());
            of(runs, run.run()).take(run);
        } else if (topic.equals(Topics.PROGRESS.name())) {
            var progress = Topics.PROGRESS.read(record.headers(), record.value());
            of(runs, progress.run()).take(progress);
        } else if (topic.equals(Topics.CHECKPOINTS.name())) {
            var checkpoint = Topics.CHECKPOINTS.read(record.headers(), record.value());
            of(runs, checkpoint.run()).take(checkpoint);
        } else {
            var report = Topics.REPORTS.read(record.headers(), record.value());
            of(runs, report.run()).take(report, Instant.ofEpochMilli(record.timestamp()));
        }
    }

    private static RunNews of(Map<String, RunNews> runs, String run) {
        return runs.computeIfAbsent(run, name -> new RunNews());
    }

    private static Map<String, String> ids() {
        return new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
                return size() > IDS_KEPT;
            }
        };
    }
}
