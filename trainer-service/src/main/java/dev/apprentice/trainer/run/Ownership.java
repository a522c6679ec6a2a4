package dev.apprentice.trainer.run;

import dev.apprentice.contracts.topic.ConsumerGroups;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.service.kafka.KafkaClients;
import dev.apprentice.service.log.RepeatedWarning;
import dev.apprentice.service.threads.WatchedThread;
import dev.apprentice.trainer.TrainerSettings;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InterruptException;
import org.jboss.logging.Logger;

/**
 * Decides which runs this instance trains: those in its partitions of the topic of runs, which the consumer group assigns.
 *
 * <p>Only membership matters here; the runs themselves are in every instance's {@link RunRegistry}. So the consumer's partitions
 * are paused, it commits nothing, and training never delays its polls.
 *
 * <p>An instance that was frozen may believe that it still owns runs that another instance now has. Kafka's fencing of the run's
 * producer reveals that. {@link #doubt} then suspends all ownership until the group has confirmed it.
 */
@ApplicationScoped
public class Ownership {

    /** The consumer group that assigns the runs. */
    public static final String GROUP = ConsumerGroups.TRAINER_SERVICE;

    private static final Logger LOG = Logger.getLogger(Ownership.class);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LAST_WORDS = Duration.ofSeconds(10);
    private static final int HEARTBEATS_PER_SESSION = 3;

    private final KafkaClients clients;
    private final TrainerSettings settings;
    private final Set<Integer> partitions = ConcurrentHashMap.newKeySet();
    private final RunThreads threads;
    private final WatchedThread thread;
    private final RepeatedWarning notJoined = new RepeatedWarning(LOG);
    private volatile boolean doubted;
    private volatile boolean rebalanceWanted;
    private volatile Optional<String> excluded = Optional.empty();

    Ownership(KafkaClients clients, TrainerSettings settings, RunThreads threads) {
        this.clients = clients;
        this.settings = settings;
        this.threads = threads;
        this.thread = new WatchedThread("run-ownership", this::stayMember, settings.retryEvery());
    }

    void start(@Observes StartupEvent event) {
        threads.start(thread);
    }

    void stop(@Observes ShutdownEvent event) throws InterruptedException {
        thread.stop();
        thread.join(LAST_WORDS);
    }

    /** Tells whether this instance owns the runs of this partition of the topic of runs. */
    public boolean owns(int partition) {
        return !doubted && partitions.contains(partition);
    }

    /** Gives up all ownership until the group has rebalanced. */
    public void doubt() {
        doubted = true;
        rebalanceWanted = true;
    }

    /** Returns why this instance owns no run until it is restarted; empty while it can own runs. */
    public Optional<String> excluded() {
        return excluded;
    }

    private void stayMember(WatchedThread self) throws InterruptedException {
        try {
            takePart();
        } catch (InterruptException e) {
            throw new InterruptedException(e.getMessage());
        } catch (FencedInstanceIdException e) {
            excluded = Optional.of("another process runs as apprentice.trainer.instance="
                    + settings.instance().orElse("") + "; this one stops training");
            LOG.error(excluded.get());
            partitions.clear();
            while (!self.pause(POLL)) {
                continue; // only a restart helps
            }
        } catch (KafkaException e) {
            notJoined.warn("the group " + GROUP + " cannot be joined now; trainer-service will retry: " + e.getMessage(), null);
            partitions.clear();
            self.pause(settings.retryEvery());
        } finally {
            partitions.clear();
        }
    }

    private void takePart() {
        try (Consumer<String, byte[]> consumer = clients.consumer("trainer-ownership", membership())) {
            consumer.subscribe(List.of(Topics.RUNS.name()), new Assignments(consumer));
            while (!thread.isStopping()) {
                if (rebalanceWanted) {
                    rebalanceWanted = false;
                    consumer.enforceRebalance("a run's producer was fenced or failed");
                }
                consumer.poll(POLL);
                notJoined.over();
            }
        }
    }

    private Map<String, Object> membership() {
        int session = Math.toIntExact(settings.sessionTimeout().toMillis());
        Map<String, Object> membership = new HashMap<>();
        membership.put(ConsumerConfig.GROUP_ID_CONFIG, GROUP);
        membership.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        membership.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, session);
        membership.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, session / HEARTBEATS_PER_SESSION);
        // Cooperative rebalancing moves only the partitions that a new member gets, so other training is not interrupted.
        membership.put(
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        settings.instance().ifPresent(name -> membership.put(ConsumerConfig.GROUP_INSTANCE_ID_CONFIG, name));
        return membership;
    }

    private final class Assignments implements ConsumerRebalanceListener {

        private final Consumer<?, ?> consumer;

        private Assignments(Consumer<?, ?> consumer) {
            this.consumer = consumer;
        }

        /** Called at the end of every rebalance, with the newly assigned partitions only. */
        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> assigned) {
            consumer.pause(assigned);
            assigned.forEach(partition -> partitions.add(partition.partition()));
            doubted = doubted && rebalanceWanted;
            if (!assigned.isEmpty()) {
                LOG.infof("the runs of partitions %s are this instance's", partitions);
            }
        }

        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> revoked) {
            revoked.forEach(partition -> partitions.remove(partition.partition()));
            LOG.infof("the runs of partitions %s are no longer this instance's", revoked);
        }

        @Override
        public void onPartitionsLost(Collection<TopicPartition> lost) {
            LOG.warnf("this instance was away too long and has lost the runs of partitions %s", lost);
            lost.forEach(partition -> partitions.remove(partition.partition()));
        }
    }
}
