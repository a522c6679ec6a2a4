package dev.apprentice.service.kafka;

import dev.apprentice.contracts.topic.Topic;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.service.threads.WatchedThread;
import dev.apprentice.service.threads.WatchedThreads;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.record.TimestampType;
import org.jboss.logging.Logger;

/**
 * Creates missing topics with their designed settings as soon as a broker can be reached, and keeps checking them.
 *
 * <p>The first service creates all topics, and the others find them. While Kafka is unavailable, the service is live, and
 * {@link #missing()} says why. A deleted topic is created again within {@code check-every}.
 */
@ApplicationScoped
public class TopicProvisioning {

    private static final Logger LOG = Logger.getLogger(TopicProvisioning.class);

    private final KafkaSettings settings;
    private final KafkaClients clients;
    private final WatchedThreads threads;
    private final WatchedThread thread;

    private final MissingTopics missingTopics = new MissingTopics();
    private Admin admin; // guarded by this; created once the broker's address can be resolved
    private volatile Optional<String> missing = Optional.of("Kafka has not been reached yet");
    private volatile boolean found;

    TopicProvisioning(KafkaSettings settings, KafkaClients clients, WatchedThreads threads) {
        this.settings = settings;
        this.clients = clients;
        this.threads = threads;
        this.thread = new WatchedThread("topic-provisioning", this::provisionNowAndThen, settings.retryEvery());
    }

    void start(@Observes @Priority(StartOrder.KAFKA) StartupEvent event) {
        threads.start(thread);
    }

    void stop(@Observes ShutdownEvent event) {
        thread.stop();
        closeAdmin();
    }

    private synchronized void closeAdmin() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }

    /** Returns why Kafka or a topic is unavailable at the moment; empty if nothing is. */
    public Optional<String> missing() {
        return missing;
    }

    /** Like {@link #missing()} until everything has been available once since the start; empty from then on. */
    Optional<String> missingSinceStart() {
        return found ? Optional.empty() : missing;
    }

    /**
     * Creates a topic unless it exists.
     *
     * @throws KafkaException if the broker cannot be reached or refuses
     */
    public void create(Topic<?> topic) {
        List<NewTopic> wanted = List.of(newTopic(topic.name(), topic.partitioned(), topic.settings()));
        if (create(wanted).isEmpty()) {
            existing().adapt(wanted);
        }
    }

    /**
     * Deletes a topic, if it exists.
     *
     * @throws KafkaException if the broker cannot be reached or refuses
     */
    public void delete(Topic<?> topic) {
        try {
            admin().deleteTopics(List.of(topic.name())).all().get();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                throw new KafkaException(e.getCause().getMessage(), e.getCause());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while deleting topic " + topic.name(), e);
        }
    }

    private void provisionNowAndThen(WatchedThread self) throws InterruptedException {
        do {
            provision();
        } while (!self.pause(missing.isEmpty() ? settings.checkEvery() : settings.retryEvery()));
    }

    /** Checks once, and creates what is missing. */
    void provision() {
        try {
            List<String> made = create(standingTopics());
            if (missing.isPresent()) {
                existing().adapt(standingTopics().stream().filter(topic -> !made.contains(topic.name())).toList());
                LOG.infof("Kafka at %s is available and has every topic", clients.bootstrapServers());
            } else if (!made.isEmpty()) {
                LOG.warnf("topics had been deleted and are created again, without their records: %s", made);
            }
            missing = Optional.empty();
            found = true;
        } catch (KafkaException e) {
            String reason = "Kafka at " + clients.bootstrapServers() + " cannot be used: " + KafkaFailure.inWords(e);
            if (!missing.equals(Optional.of(reason))) {
                LOG.warn(reason);
            }
            missing = Optional.of(reason);
        }
    }

    private List<NewTopic> standingTopics() {
        List<NewTopic> topics = new ArrayList<>();
        Topics.PROVISIONED.forEach(topic -> topics.add(newTopic(topic.name(), topic.partitioned(), topic.settings())));
        topics.add(newTopic(Topics.DEAD_LETTERS, true, Map.of()));
        return topics;
    }

    private NewTopic newTopic(String name, boolean partitioned, Map<String, String> configuration) {
        Map<String, String> all = new HashMap<>(configuration);
        // by the broker's clock: otherwise it refuses records of a client whose clock is more than an hour ahead
        all.put(TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG, TimestampType.LOG_APPEND_TIME.name);
        all.put(TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG, Integer.toString(settings.minInsyncReplicas()));
        all.put(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(settings.maxRecordBytes()));
        return new NewTopic(name, partitioned ? settings.partitions() : 1, settings.replicationFactor()).configs(all);
    }

    /** Creates the missing topics and returns their names. */
    private List<String> create(List<NewTopic> topics) {
        return missingTopics.make(admin(), topics);
    }

    private ExistingTopics existing() {
        return new ExistingTopics(admin(), clients.bootstrapServers());
    }

    private synchronized Admin admin() {
        if (admin == null) {
            admin = clients.admin("topic-provisioning");
        }
        return admin;
    }
}
