package dev.apprentice.local.log;

import dev.apprentice.local.CommandException;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;

/**
 * The connection of commands to a system's broker.
 *
 * @param settings how a client connects: {@code bootstrap.servers} and, if needed, TLS and SASL
 */
public record Broker(Map<String, Object> settings) {

    /** Creates the connection to a broker without access control, such as the local system's own. */
    public Broker(String bootstrapServers) {
        this(Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
    }

    /**
     * Returns a copy with the settings of a file, which take precedence.
     *
     * @param file properties as for {@code --command-config} of Kafka's own tools
     * @throws CommandException if the file cannot be read
     */
    public Broker with(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            properties.load(reader);
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandException("--kafka-config " + file + " cannot be read as properties (" + e.getMessage() + ").", e);
        }
        Map<String, Object> all = new HashMap<>(settings);
        properties.stringPropertyNames().forEach(name -> all.put(name, properties.getProperty(name)));
        return new Broker(all);
    }

    /** Returns the broker's address. */
    public String bootstrapServers() {
        return String.valueOf(settings.get(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG));
    }

    /** Returns the settings of a client, with these of its own added. */
    public Map<String, Object> settings(Map<String, Object> own) {
        Map<String, Object> all = new HashMap<>(settings);
        all.putAll(own);
        return all;
    }

    /** Returns the settings of a consumer that reads committed records, joins no group and creates no topic. */
    public Map<String, Object> readingSettings() {
        return settings(Map.of(
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false));
    }

    /** Returns an exception with a message for people that says why the broker cannot be used. */
    public CommandException cannotBeUsed(KafkaException e) {
        BrokerRefusal refusal = BrokerRefusal.of(e);
        return new CommandException(
                "The broker at " + bootstrapServers() + " " + refusal.words() + ". " + refusal.wayOut() + " `apprentice doctor`"
                        + " checks it.", e);
    }
}
