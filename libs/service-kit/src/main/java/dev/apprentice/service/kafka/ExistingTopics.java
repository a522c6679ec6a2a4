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

/** Adapts topics that already exist: raises their record limit, and warns of other wrong settings with the command that corrects them. */
final class ExistingTopics {

    private static final Logger LOG = Logger.getLogger(ExistingTopics.class);

    /** Settings without a warning: the limit is raised, and the number of in-sync replicas is the operator's choice. */
    private static final Set<String> NOT_HELD_AGAINST_IT =
            Set.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG);

    private final Admin admin;
    private final String bootstrapServers;

    ExistingTopics(Admin admin, String bootstrapServers) {
        this.admin = admin;
        this.bootstrapServers = bootstrapServers;
    }

    /**
     * Raises the record limit of topics with a smaller one; a larger one stays. Logs a warning for each other setting that
     * differs, because changing it may delete records, so an operator has to decide.
     *
     * @param wanted the topics as this service would create them
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
                return; // another service has just created it with this limit, and not every broker knows it yet
            }
            throw new KafkaException("its topics cannot be set to the size of records that apprentice.kafka.max-record-bytes asks"
                    + " for: " + e.getCause().getMessage(), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted while setting the size of records", e);
        }
    }

    /** Returns a warning about wrong settings with the command that corrects them; empty if there are none. */
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
                "topic %s has wrong settings: %s; correct them with: kafka-configs.sh --bootstrap-server %s --alter"
                        .formatted(wanted.name(), String.join(", ", differences), bootstrapServers)
                + " --entity-type topics --entity-name " + wanted.name() + " --add-config " + String.join(",", mended));
    }

    /** Returns the parts of a setting whose list has no order. */
    private static Set<String> parts(String value) {
        return Set.copyOf(List.of(value.split(","))); // a broker may list one twice
    }
}
