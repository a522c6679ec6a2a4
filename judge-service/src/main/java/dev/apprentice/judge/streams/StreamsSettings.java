package dev.apprentice.judge.streams;

import dev.apprentice.contracts.topic.ConsumerGroups;
import dev.apprentice.judge.JudgeSettings;
import dev.apprentice.service.kafka.KafkaClients;
import dev.apprentice.service.kafka.KafkaSettings;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/** The settings of Kafka Streams. */
@ApplicationScoped
public class StreamsSettings {

    /** How long an instance may go without a heartbeat before it counts as dead and another takes over its partitions. */
    private static final int SESSION_TIMEOUT_MS = 10_000;
    /**
     * Makes Kafka Streams leave its group when it closes. By default it does not, and the next start waits for the session
     * timeout.
     */
    private static final String LEAVE_GROUP_ON_CLOSE = StreamsConfig.consumerPrefix("internal.leave.group.on.close");

    private final JudgeSettings settings;
    private final KafkaSettings kafka;
    private final KafkaClients clients;

    public StreamsSettings(JudgeSettings settings, KafkaSettings kafka, KafkaClients clients) {
        this.settings = settings;
        this.kafka = kafka;
        this.clients = clients;
    }

    /**
     * Returns the settings for the cluster that answers now. The state is in a folder named after the cluster's id: with another
     * cluster, offsets and state would not match, and the results would silently be wrong.
     *
     * @param what the folder within the service's home; with the prefix {@code judge-service-}, also the consumer group and the
     *     prefix of the names of its internal topics
     * @throws KafkaException if no cluster answers
     */
    public Properties forClusterNowReached(String what) {
        Path state = settings.home().resolve(what).resolve(clusterId());
        Properties properties = clients.streams();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, ConsumerGroups.streams(what));
        properties.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        properties.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, StreamsConfig.EXACTLY_ONCE_V2);
        properties.put(StreamsConfig.REPLICATION_FACTOR_CONFIG, (int) kafka.replicationFactor());
        properties.put(StreamsConfig.consumerPrefix(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG), SESSION_TIMEOUT_MS);
        properties.put(LEAVE_GROUP_ON_CLOSE, true);
        String limit = Integer.toString(kafka.maxRecordBytes());
        properties.put(StreamsConfig.topicPrefix(TopicConfig.MAX_MESSAGE_BYTES_CONFIG), limit);
        properties.put(StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, TooLargeRecords.class);
        properties.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, SmallStores.class);
        return properties;
    }

    private String clusterId() {
        try (Admin admin = clients.admin("judge-service-streams")) {
            return admin.describeCluster().clusterId().get();
        } catch (ExecutionException e) {
            throw new KafkaException(
                    "Kafka at " + clients.bootstrapServers() + " does not report its cluster id: " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while asking for the cluster id", e);
        }
    }
}
