package dev.apprentice.service.kafka;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.apache.kafka.clients.ClientDnsLookup;
import org.apache.kafka.clients.ClientUtils;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Creates all Kafka clients of a service, except those of Reactive Messaging's channels.
 *
 * <p>Every client gets every {@code kafka.*} key of the configuration, including TLS, SASL and the record limit. The methods
 * throw {@link KafkaException} while the broker's address cannot be resolved.
 */
@ApplicationScoped
public class KafkaClients {

    /** How often metadata is refreshed at least, in milliseconds. This bounds how soon an absent broker or a new topic is found. */
    private static final int METADATA_MAX_AGE_MS = 5_000;

    private static final int RECONNECT_BACKOFF_MAX_MS = 3_000;
    private static final int ADMIN_TIMEOUT_MS = 5_000;

    private final Map<String, Object> connection;

    /** @param connection the {@code kafka.*} keys without that prefix */
    public KafkaClients(@Identifier("default-kafka-broker") Map<String, Object> connection) {
        this.connection = new HashMap<>(connection);
        this.connection.remove(ConsumerConfig.GROUP_ID_CONFIG); // Quarkus puts the application's name there
        this.connection.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, RECONNECT_BACKOFF_MAX_MS);
    }

    /** Returns the configured bootstrap servers. */
    public String bootstrapServers() {
        return String.valueOf(connection.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG));
    }

    /** Returns why no client can be created: none of the broker's addresses can be resolved. Empty if one can. */
    public Optional<String> unresolved() {
        try {
            ClientUtils.parseAndValidateAddresses(
                    Arrays.stream(bootstrapServers().split(",")).map(String::strip).toList(), ClientDnsLookup.USE_ALL_DNS_IPS);
            return Optional.empty();
        } catch (ConfigException e) {
            return e.getMessage().startsWith("No resolvable")
                    ? Optional.of("the name of no broker in '" + bootstrapServers() + "' can be resolved (kafka.bootstrap.servers)")
                    : Optional.empty();
        }
    }

    /** Returns a consumer that reads only committed records, never creates a topic, and commits only on request. */
    public Consumer<String, byte[]> consumer(String clientId, Map<String, Object> settings) {
        Map<String, Object> all = with(clientId);
        all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        all.put(ConsumerConfig.METADATA_MAX_AGE_CONFIG, METADATA_MAX_AGE_MS);
        all.putAll(settings);
        return new KafkaConsumer<>(all, new StringDeserializer(), new ByteArrayDeserializer());
    }

    /** Returns an idempotent producer that waits for all in-sync replicas. */
    public Producer<String, byte[]> producer(String clientId, Map<String, Object> settings) {
        return producer(clientId, settings, new ByteArraySerializer());
    }

    /** Like {@link #producer(String, Map)}, with a serializer for the values, which this method configures. */
    public <V> Producer<String, V> producer(String clientId, Map<String, Object> settings, Serializer<V> serializer) {
        Map<String, Object> all = with(clientId);
        all.put(ProducerConfig.ACKS_CONFIG, "all");
        all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        all.putAll(settings);
        serializer.configure(all, false);
        return new KafkaProducer<>(all, new StringSerializer(), serializer);
    }

    /** Returns an admin client with a timeout of five seconds. */
    public Admin admin(String clientId) {
        Map<String, Object> all = with(clientId);
        all.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ADMIN_TIMEOUT_MS);
        all.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, ADMIN_TIMEOUT_MS);
        return Admin.create(all);
    }

    /** Returns the connection settings for Kafka Streams; the application adds its own. */
    public Properties streams() {
        Properties properties = new Properties();
        properties.putAll(connection);
        return properties;
    }

    private Map<String, Object> with(String clientId) {
        Map<String, Object> all = new HashMap<>(connection);
        all.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
        return all;
    }
}
