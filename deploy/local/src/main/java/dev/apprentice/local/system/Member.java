package dev.apprentice.local.system;

import dev.apprentice.local.port.FreePorts;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The processes of the local system, in the order in which they start. */
public enum Member {
    BROKER("broker", 9092, "512m", "deploy/broker/target/broker.jar"),
    DATASET_SERVICE("dataset-service", 8081, "512m", "dataset-service/target/quarkus-app/quarkus-run.jar"),
    TRAINER_SERVICE("trainer-service", 8082, "768m", "trainer-service/target/quarkus-app/quarkus-run.jar"),
    INFERENCE_SERVICE("inference-service", 8083, "768m", "inference-service/target/quarkus-app/quarkus-run.jar"),
    JUDGE_SERVICE("judge-service", 8084, "512m", "judge-service/target/quarkus-app/quarkus-run.jar");

    private final String id;
    private final int defaultPort;
    private final String heap;
    private final String jar;

    Member(String id, int defaultPort, String heap, String jar) {
        this.id = id;
        this.defaultPort = defaultPort;
        this.heap = heap;
        this.jar = jar;
    }

    /** Returns the member's name on the command line, and of its folder and its log. */
    public String id() {
        return id;
    }

    int defaultPort() {
        return defaultPort;
    }

    /** Returns the maximum Java heap, in the form of {@code -Xmx}; a model's weights are outside the heap. */
    String heap() {
        return heap;
    }

    /** Returns the path of its package, relative to the project's root. */
    Path jar() {
        return Path.of(jar);
    }

    /** Returns its settings: its address, its broker, and its own folder. */
    Map<String, String> environment(Ports ports, SystemFolder folder) {
        String data = folder.data(this).toString();
        if (this == BROKER) {
            return Map.of(
                    "APPRENTICE_BROKER_PORT", String.valueOf(ports.of(this)),
                    "APPRENTICE_BROKER_DATA", data);
        }
        return Map.of(
                "QUARKUS_HTTP_HOST", FreePorts.LOOPBACK,
                "QUARKUS_HTTP_PORT", String.valueOf(ports.of(this)),
                "KAFKA_BOOTSTRAP_SERVERS", ports.bootstrapServers(),
                // PyTorch's threads spin while they wait for each other, which starves the other processes of the machine
                "OMP_WAIT_POLICY", "PASSIVE",
                "APPRENTICE_STORAGE_CACHE", folder.data(this).resolve("cache").toString(),
                homeVariable(), data);
    }

    /** Returns {@code APPRENTICE_DATASET_HOME} for dataset-service, and so on. */
    private String homeVariable() {
        return "APPRENTICE_" + name().replace("_SERVICE", "_HOME");
    }

    /** Returns all members, the last started first: the order in which they stop. */
    static List<Member> lastFirst() {
        Member[] all = values();
        return Arrays.stream(all).map(each -> all[all.length - 1 - each.ordinal()]).toList();
    }

    /** Returns the member of that name. */
    public static Optional<Member> of(String id) {
        return Arrays.stream(values()).filter(each -> each.id.equals(id)).findFirst();
    }

    /** Returns all names, separated by commas. */
    public static String names() {
        return Arrays.stream(values()).map(Member::id).collect(Collectors.joining(", "));
    }

    @Override
    public String toString() {
        return id;
    }
}
