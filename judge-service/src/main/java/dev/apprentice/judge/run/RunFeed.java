package dev.apprentice.judge.run;

import dev.apprentice.contracts.InvalidEventException;
import dev.apprentice.contracts.event.Event;
import dev.apprentice.contracts.topic.Topic;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.judge.report.ReportView;
import dev.apprentice.service.kafka.KafkaClients;
import dev.apprentice.service.kafka.KafkaSettings;
import dev.apprentice.service.kafka.StartOrder;
import dev.apprentice.service.kafka.WholeTopics;
import dev.apprentice.service.log.RepeatedWarning;
import dev.apprentice.service.threads.WatchedThread;
import dev.apprentice.service.threads.WatchedThreads;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaClientMetrics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.jboss.logging.Logger;

/**
 * Reads runs, progress, checkpoints and reports from their beginning, and keeps reading. Every instance reads all of them, so
 * each can answer for every run. The feed belongs to no consumer group, so it needs no rebalance and commits nothing.
 *
 * <p>Unreadable records are skipped: the services that work with these topics write them to the dead letters.
 */
@ApplicationScoped
public class RunFeed {

    private static final Logger LOG = Logger.getLogger(RunFeed.class);
    private static final Duration LAST_WORDS = Duration.ofSeconds(2);
    /** The most records of one poll; it is large because progress has a record for each step. */
    private static final int MOST_AT_ONCE = 2_000;

    private final KafkaClients clients;
    private final WholeTopics topics = new WholeTopics(Topics.RUNS, Topics.PROGRESS, Topics.CHECKPOINTS, Topics.REPORTS);
    private final Runs runs;
    private final ReportView reports;
    private final MeterRegistry registry;
    private final Duration retryEvery;
    private final WatchedThreads threads;
    private final WatchedThread thread;
    private final RepeatedWarning unreadable = new RepeatedWarning(LOG);

    RunFeed(
            KafkaClients clients, Runs runs, ReportView reports, MeterRegistry registry, KafkaSettings settings, WatchedThreads threads) {
        this.clients = clients;
        this.runs = runs;
        this.reports = reports;
        this.registry = registry;
        this.retryEvery = settings.retryEvery();
        this.threads = threads;
        this.thread = new WatchedThread("run-feed", this::feed, retryEvery);
    }

    void start(@Observes @Priority(StartOrder.KAFKA) StartupEvent event) {
        threads.start(thread);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        thread.stop();
        thread.join(LAST_WORDS);
    }

    /**
     * Tells whether everything that was there at the start has been read. Until then, an unknown run may just not have been read
     * yet.
     */
    public boolean isComplete() {
        return topics.isComplete();
    }

    private void feed(WatchedThread self) throws InterruptedException {
        try (Consumer<String, byte[]> consumer = clients.consumer(
                        "judge-service-run-feed",
                        Map.of(
                                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest",
                                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, MOST_AT_ONCE));
                KafkaClientMetrics metrics = new KafkaClientMetrics(consumer)) {
            metrics.bindTo(registry);
            topics.read(consumer, self, unreadable, this::take);
        } catch (InterruptException e) {
            throw new InterruptedException(e.getMessage());
        } catch (KafkaException e) { // KafkaCondition reports it if Kafka is away
            unreadable.warn("the topics about runs cannot be read at the moment, retrying: " + e.getMessage(), null);
            self.pause(retryEvery);
        }
    }

    private void take(ConsumerRecord<String, byte[]> record) {
        String topic = record.topic();
        if (topic.equals(Topics.REPORTS.name())) {
            reports.take(record);
        } else if (record.value() == null) {
            if (topic.equals(Topics.RUNS.name())) {
                runs.forget(record.key()); // a withdrawn checkpoint still counts as one that existed
            }
        } else if (topic.equals(Topics.RUNS.name())) {
            read(Topics.RUNS, record, runs::take);
        } else if (topic.equals(Topics.PROGRESS.name())) {
            read(Topics.PROGRESS, record, runs::take);
        } else {
            read(Topics.CHECKPOINTS, record, runs::take);
        }
    }

    private static <E extends Event> void read(
            Topic<E> topic, ConsumerRecord<String, byte[]> record, java.util.function.Consumer<E> taker) {
        try {
            taker.accept(topic.read(record.headers(), record.value()));
        } catch (InvalidEventException e) {
            LOG.warnf("skipped: %s", e.getMessage());
        }
    }
}
