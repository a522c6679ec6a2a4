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
 * Reads runs, progress, checkpoints and reports from their beginning into the registry, and goes on reading.
 *
 * <p>A record that cannot be used goes to the dead letters once, not at every start: the offset committed for {@link #GROUP}
 * says up to where that is done. Nothing else is committed, and nothing is read from there.
 */
@ApplicationScoped
public class RegistryFeed {

    /** Not a group that shares work: all instances read everything, and together remember what was dead-lettered. */
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

    /** Whether all has been read that was there at the start: before that, an unknown run may just not be known yet. */
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
            unreadable.warn("the log of runs cannot be read just now and will be read again: " + e.getMessage(), null);
            self.pause(retryEvery);
        }
    }

    private void learn(ConsumerRecord<String, byte[]> record) {
        if (record.value() == null) {
            return; // a tombstone clears the log; a run that this instance knows stays known until it ends
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

    /** One that cannot be read is judge-service's to dead-letter: reports are its own. */
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
