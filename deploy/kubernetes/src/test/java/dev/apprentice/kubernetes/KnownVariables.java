package dev.apprentice.kubernetes;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerConfig;

/** The environment variables that a service reads: its own, which are documented, and those of its libraries. */
final class KnownVariables {

    /** The variables of the hub's client, AWS, DJL, Quarkus, the JVM and the system. */
    private static final Set<String> OF_LIBRARIES = Set.of(
            "HF_TOKEN", "HF_HUB_CACHE", "QUARKUS_HTTP_HOST", "QUARKUS_HTTP_PORT", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY",
            "DJL_CACHE_DIR", "OPT_OUT_TRACKING", "JAVA_OPTS", "OMP_WAIT_POLICY", "HOME");

    private static final String DOCUMENTED = configuration();

    private KnownVariables() {}

    static boolean contain(String name) {
        return OF_LIBRARIES.contains(name) || isOfKafkasClients(name) || DOCUMENTED.contains("| `" + name + "` |");
    }

    /** Tells whether it is a key of Kafka's clients, such as KAFKA_SSL_KEYSTORE_TYPE for ssl.keystore.type. */
    private static boolean isOfKafkasClients(String name) {
        if (!name.startsWith("KAFKA_")) {
            return false;
        }
        String key = name.substring("KAFKA_".length()).toLowerCase(Locale.ROOT).replace('_', '.');
        return ConsumerConfig.configNames().contains(key);
    }

    private static String configuration() {
        try {
            return Files.readString(Manifests.ROOT.getParent().getParent().resolve("docs/configuration.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
