package dev.apprentice.cli.doctor;

import dev.apprentice.contracts.topic.Topic;
import dev.apprentice.contracts.topic.Topics;
import dev.apprentice.local.log.Broker;
import dev.apprentice.local.log.BrokerRefusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.FinalizedVersionRange;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.acl.AclOperation;

/** Checks whether Kafka can be reached, is new enough, and lets this user do what the services do. */
public final class KafkaFindings {

    private static final int PATIENCE_MS = 5_000;
    /** The metadata version of Kafka 3.3, the first that is ready to run without ZooKeeper. Transactions and static members are older. */
    private static final short LEAST_METADATA_VERSION = 7;

    private KafkaFindings() {}

    /** Checks the broker; gives up after 5 seconds without a response. */
    public static List<Finding> of(Broker broker) {
        List<Finding> findings = new ArrayList<>();
        try (Admin admin = Admin.create(broker.settings(Map.of(
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, PATIENCE_MS,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, PATIENCE_MS)))) {
            int nodes = admin.describeCluster().nodes().get().size();
            findings.add(Finding.good("Kafka", nodes + (nodes == 1 ? " broker" : " brokers") + " at " + broker.bootstrapServers()
                    + ", " + broker.settings().getOrDefault("security.protocol", "PLAINTEXT")));
            FinalizedVersionRange version =
                    admin.describeFeatures().featureMetadata().get().finalizedFeatures().get("metadata.version");
            findings.add(version(version == null ? 0 : version.maxVersionLevel()));
            findings.addAll(topics(admin));
        } catch (ExecutionException | KafkaException e) { // KafkaException: the client cannot be created
            findings.add(unusable(broker, e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return findings;
    }

    static Finding version(int metadataVersion) {
        return metadataVersion >= LEAST_METADATA_VERSION
                ? Finding.good("Kafka version", "metadata version " + metadataVersion)
                : Finding.problem("Kafka version", "metadata version " + metadataVersion, "Use Kafka 3.3 or newer.");
    }

    private static List<Finding> topics(Admin admin) throws ExecutionException, InterruptedException {
        Set<String> wanted = Stream.concat(Topics.PROVISIONED.stream().map(Topic::name), Stream.of(Topics.DEAD_LETTERS))
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> there = admin.listTopics().names().get();
        Set<String> missing = new TreeSet<>(wanted);
        missing.removeAll(there);
        wanted.retainAll(there);
        List<Finding> findings = new ArrayList<>();
        if (!missing.isEmpty()) {
            findings.add(Finding.warning("topics", "missing, or not visible to this user: " + String.join(", ", missing),
                    "The services create them at their start if they are allowed to; else create them, or allow this user to"
                            + " describe them."));
        } else {
            findings.add(Finding.good("topics", "all " + wanted.size() + " are there, named " + Topics.PREFIX + "*"));
        }
        Map<String, TopicDescription> described = admin.describeTopics(wanted,
                        new DescribeTopicsOptions().includeAuthorizedOperations(true))
                .allTopicNames()
                .get();
        described.values().forEach(topic -> {
            if (topic.authorizedOperations() != null && !topic.authorizedOperations().contains(AclOperation.READ)) {
                findings.add(Finding.problem("access", "this user is not allowed to read " + topic.name(),
                        "Grant it what deploy/kubernetes/base/kafka-users.yaml lists."));
            }
        });
        return findings;
    }

    static Finding unusable(Broker broker, Throwable why) {
        BrokerRefusal refusal = BrokerRefusal.of(why);
        String subject = switch (refusal.kind()) {
            case CONNECTION -> "Kafka";
            case ACCESS -> "access";
            case VERSION -> "Kafka version";
        };
        return Finding.problem(subject, broker.bootstrapServers() + " " + refusal.words(), refusal.wayOut());
    }
}
