package dev.apprentice.local.log;

import dev.apprentice.local.CommandException;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.common.KafkaException;

/**
 * The broker of a system, as commands use it.
 *
 * @param bootstrapServers where it is found
 */
public record Broker(String bootstrapServers) {

    /** Settings of a consumer that reads what is committed and leaves no trace: no group, no topic. */
    public Map<String, Object> readingSettings() {
        return Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
    }

    /** What people are told then. */
    public CommandException doesNotAnswer(KafkaException e) {
        return new CommandException(
                "The broker at " + bootstrapServers + " does not answer (" + e.getMessage() + "); see `apprentice status`.", e);
    }
}
