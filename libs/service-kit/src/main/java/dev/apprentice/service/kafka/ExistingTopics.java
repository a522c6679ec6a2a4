package dev.apprentice.service.kafka;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jboss.logging.Logger;

/** Topics that were there already: their limit is raised, and what else is not as it must be is named, with the way out. */
final class ExistingTopics {

    private static final Logger LOG = Logger.getLogger(ExistingTopics.class);

    /** The limit is raised, and how many copies must exist is the operator's choice. */
    private static final Set<String> NOT_HELD_AGAINST_IT =
            Set.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG);

    private final Admin admin;
    private final String bootstrapServers;

    ExistingTopics(Admin admin, String bootstrapServers) {
        this.admin = admin;
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * Raises the limits of topics from before a larger one; one that allows more keeps that. Logs a warning of each other
     * setting that differs: changing it may delete records, so a person decides.
     *
     * @param wanted the topics as they would be made
     * @throws KafkaException if the broker refuses
     */
    void adapt(List<NewTopic> wanted) {
        Map<String, NewTopic> byName = wanted.stream().collect(Collectors.toMap(NewTopic::name, Function.identity()));
        List<ConfigResource> resources =
                byName.keySet().stream().map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name)).toList();
        Map<ConfigResource, Collection<AlterConfigOp>> changes = new HashMap<>();
        String limit = TopicConfig.MAX_MESSAGE_BYTES_CONFIG;
        try {
            admin.describeConfigs(resources).all().get().forEach((topic, there) -> {
                NewTopic asMade = byName.get(topic.name());
                if (Integer.parseInt(there.get(limit).value()) < Integer.parseInt(asMade.configs().get(limit))) {
                    changes.put(topic, Set.of(new AlterConfigOp(
                            new ConfigEntry(limit, asMade.configs().get(limit)), AlterConfigOp.OpType.SET)));
                }
                warning(asMade, there, bootstrapServers).ifPresent(LOG::warn);
            });
            admin.incrementalAlterConfigs(changes).all().get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return; // made this moment by another service, which gave it the limit; not every broker node knows it yet
            }
            throw new KafkaException("its topics cannot be set to the size of records that apprentice.kafka.max-record-bytes asks"
                    + " for: " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while setting the size of records", e);
        }
    }

    /** What is not as it must be, and the command that mends it. */
    static Optional<String> warning(NewTopic wanted, Config there, String bootstrapServers) {
        List<String> differences = new ArrayList<>();
        List<String> mended = new ArrayList<>();
        new TreeMap<>(wanted.configs()).forEach((name, value) -> {
            ConfigEntry entry = there.get(name);
            if (!NOT_HELD_AGAINST_IT.contains(name) && entry != null && !parts(value).equals(parts(entry.value()))) {
                differences.add(name + " is " + entry.value() + " instead of " + value);
                mended.add(name + "=" + (value.contains(",") ? "[" + value + "]" : value));
            }
        });
        return differences.isEmpty() ? Optional.empty() : Optional.of(
                "topic %s was made with other settings than it needs: %s; set it with: kafka-configs.sh --bootstrap-server %s --alter"
                        .formatted(wanted.name(), String.join(", ", differences), bootstrapServers)
                + " --entity-type topics --entity-name " + wanted.name() + " --add-config " + String.join(",", mended));
    }

    /** Of a setting that is a list in any order. */
    private static Set<String> parts(String value) {
        return Set.copyOf(List.of(value.split(","))); // a broker may name one twice
    }
}
