package dev.apprentice.local.broker;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Kafka's own settings for a single node on a small machine.
 *
 * @see <a href="https://kafka.apache.org/41/configuration/broker-configs/">Broker configs</a>
 */
final class BrokerSettings {

    static final int NODE_ID = 1;
    static final String CONTROLLER_LISTENER = "CONTROLLER";

    /** The services' default of {@code apprentice.kafka.max-record-bytes}. */
    static final int DEFAULT_RECORD_BYTES = 8 << 20;

    private static final String CLIENT_LISTENER = "PLAINTEXT";
    private static final String SINGLE = "1";

    private BrokerSettings() {}

    static Map<String, String> of(String host, int brokerPort, int controllerPort, Path folder) {
        Map<String, String> settings = new HashMap<>();
        listeners(settings, host, brokerPort, controllerPort);
        settings.put("log.dirs", folder.toString());
        noReplication(settings);
        smallMachine(settings);
        settings.putAll(recordLimit(DEFAULT_RECORD_BYTES));
        // a misspelt topic must be an error, not a new topic with the wrong number of partitions
        settings.put("auto.create.topics.enable", "false");
        // on one machine no other members follow, so a group's first member need not wait for them
        settings.put("group.initial.rebalance.delay.ms", "0");
        return settings;
    }

    private static void listeners(Map<String, String> settings, String host, int brokerPort, int controllerPort) {
        String broker = CLIENT_LISTENER + "://" + host + ":" + brokerPort;
        settings.put("process.roles", "broker,controller");
        settings.put("node.id", String.valueOf(NODE_ID));
        settings.put("controller.quorum.voters", NODE_ID + "@" + host + ":" + controllerPort);
        settings.put("controller.listener.names", CONTROLLER_LISTENER);
        settings.put("inter.broker.listener.name", CLIENT_LISTENER);
        settings.put("listeners", broker + "," + CONTROLLER_LISTENER + "://" + host + ":" + controllerPort);
        settings.put("advertised.listeners", broker);
        settings.put(
                "listener.security.protocol.map",
                CLIENT_LISTENER + ":PLAINTEXT," + CONTROLLER_LISTENER + ":PLAINTEXT");
    }

    private static void noReplication(Map<String, String> settings) {
        settings.put("default.replication.factor", SINGLE);
        settings.put("offsets.topic.replication.factor", SINGLE);
        settings.put("transaction.state.log.replication.factor", SINGLE);
        settings.put("transaction.state.log.min.isr", SINGLE);
        settings.put("share.coordinator.state.topic.replication.factor", SINGLE);
        settings.put("share.coordinator.state.topic.min.isr", SINGLE);
    }

    /** Returns the settings that allow records of this size on topics without a limit of their own. */
    static Map<String, String> recordLimit(int bytes) {
        String limit = String.valueOf(bytes);
        return Map.of(
                "message.max.bytes", limit, "replica.fetch.max.bytes", limit, "replica.fetch.response.max.bytes", limit);
    }

    private static void smallMachine(Map<String, String> settings) {
        settings.put("offsets.topic.num.partitions", "5");
        settings.put("transaction.state.log.num.partitions", "5");
        settings.put("share.coordinator.state.topic.num.partitions", "1");
        settings.put("num.network.threads", "2");
        settings.put("num.io.threads", "4");
        settings.put("background.threads", "2");
        // Kafka reserves 128 MiB for compaction; 8 MiB hold the keys of some 300,000 records
        settings.put("log.cleaner.dedupe.buffer.size", String.valueOf(8 << 20));
    }
}
