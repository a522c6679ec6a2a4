package dev.apprentice.trainer.run;

import dev.apprentice.contracts.InvalidEventException;
import dev.apprentice.contracts.topic.ConsumerGroups;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.service.kafka.KafkaClients;
import dev.apprentice.service.kafka.WholeTopics;
import dev.apprentice.service.log.RepeatedWarning;
import dev.apprentice.service.threads.WatchedThread;
import dev.apprentice.trainer.TrainerSettings;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.jboss.logging.Logger;

/**
 * Reads runs, progress, checkpoints and reports into the registry, from the beginning of their topics, and keeps reading.
 *
 * <p>A record that cannot be used is dead-lettered once, not at every start. The committed offset of {@link #GROUP} marks how far
 * that is done. Nothing else is committed, and reading does not start from that offset.
 */
@ApplicationScoped
public class RegistryFeed {

    /**
     * A group that assigns no partitions: every instance reads everything. Together the instances remember which records were
     * dead-lettered.
     */
    static final String GROUP = ConsumerGroups.TRAINER_REGISTRY;

    private static final Logger LOG = Logger.getLogger(RegistryFeed.class);
    private static final Duration LAST_WORDS = Duration.ofSeconds(10);

    private final KafkaClients clients;
    private final WholeTopics topics = new WholeTopics(Topics.RUNS, Topics.PROGRESS, Topics.CHECKPOINTS, Topics.REPORTS);
    private final RunRegistry registry;
    private final Duration retryEvery;
    private final RunThreads threads;
    private final WatchedThread thread;
    private final RepeatedWarning unreadable = new RepeatedWarning(LOG);

    RegistryFeed(KafkaClients clients, RunRegistry registry, TrainerSettings settings, RunThreads threads) {
        this.clients = clients;
        this.registry = registry;
        this.retryEvery = settings.retryEvery();
        this.threads = threads;
        this.thread = new WatchedThread("run-registry", this::feed, retryEvery);
    }

    void start(@Observes StartupEvent event) {
        threads.start(thread);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        thread.stop();
        thread.join(LAST_WORDS);
    }

    /** Tells whether everything that existed at the start has been read. Until then, an unknown run may exist. */
    public boolean isComplete() {
        return topics.isComplete();
    }

    private void feed(WatchedThread self) throws InterruptedException {
        try (Consumer<String, byte[]> consumer = clients.consumer(
                        "trainer-registry",
                        Map.of(
                                ConsumerConfig.GROUP_ID_CONFIG, GROUP,
                                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"));
                DeadLetters deadLetters = new DeadLetters(clients)) {
            Map<TopicPartition, OffsetAndMetadata> deadLettered = new HashMap<>();
            topics.read(consumer, self, unreadable, record -> {
                try {
                    learn(record);
                } catch (InvalidEventException poison) {
                    deadLetter(record, poison, deadLettered, consumer, deadLetters);
                }
            });
        } catch (InterruptException e) {
            throw new InterruptedException(e.getMessage());
        } catch (KafkaException e) {
            unreadable.warn("the log of runs cannot be read now; trainer-service will retry: " + e.getMessage(), null);
            self.pause(retryEvery);
        }
    }

    private void learn(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            return; // a tombstone only compacts the log; this instance keeps the runs that it knows
        }
        String topic = record.topic();
        if (topic.equals(Topics.RUNS.name())) {
            registry.learn(Topics.RUNS.read(record.headers(), record.value()), record.partition());
        } else if (topic.equals(Topics.PROGRESS.name())) {
            registry.learn(Topics.PROGRESS.read(record.headers(), record.value()), record.offset());
        } else if (topic.equals(Topics.CHECKPOINTS.name())) {
            registry.learn(Topics.CHECKPOINTS.read(record.headers(), record.value()));
        } else {
            learnReport(record);
        }
    }

    /** Reads a report. One that cannot be read is only logged: judge-service owns the reports and dead-letters them. */
    private void learnReport(ConsumerRecord<String, byte[]> record) {
        try {
            registry.learn(Topics.REPORTS.read(record.headers(), record.value()));
        } catch (InvalidEventException e) {
            LOG.warnf("record %d of %s is skipped: %s", record.offset(), record.topic(), e.getMessage());
        }
    }

    private static void deadLetter(
            ConsumerRecord<String, byte[]> record,
            InvalidEventException poison,
            Map<TopicPartition, OffsetAndMetadata> deadLettered,
            Consumer<String, byte[]> consumer,
            DeadLetters deadLetters)
            throws InterruptedException {
        TopicPartition partition = new TopicPartition(record.topic(), record.partition());
        OffsetAndMetadata done = deadLettered.computeIfAbsent(partition, each -> consumer.committed(Set.of(each)).get(each));
        if (done != null && record.offset() < done.offset()) {
            return;
        }
        LOG.warnf("record %d of %s goes to the dead letters: %s", record.offset(), partition, poison.getMessage());
        deadLetters.send(record, poison);
        OffsetAndMetadata behind = new OffsetAndMetadata(record.offset() + 1);
        deadLettered.put(partition, behind);
        consumer.commitSync(Map.of(partition, behind));
    }
}
