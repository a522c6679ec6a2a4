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

/** How Kafka Streams is set. */
@ApplicationScoped
public class StreamsSettings {

    /** After this long without a sign an instance counts as dead and another takes its runs over. */
    private static final int SESSION_TIMEOUT_MS = 10_000;
    /** Kafka Streams otherwise leaves its group by silence alone, and the next start waits for the session's end. */
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
     * The settings for the cluster that answers now. State lies in a folder that bears the cluster's id: next to another
     * cluster, offsets and state would not belong together and what is made of them would silently be wrong.
     *
     * @param what the folder within the service's home; with {@code judge-service-} before it, the consumer group and what
     *     the names of its own topics begin with
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
                    "Kafka at " + clients.bootstrapServers() + " does not tell its cluster id: " + e.getCause().getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while asking for the cluster id", e);
        }
    }
}
