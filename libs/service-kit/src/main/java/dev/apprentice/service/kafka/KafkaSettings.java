package dev.apprentice.service.kafka;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Optional;

/** How topics are created and how large their records may be. */
@ConfigMapping(prefix = "apprentice.kafka")
public interface KafkaSettings {

    /**
     * The prefix of the names of topics, consumer groups and transactions, such as {@code blue.}, by which several systems share a
     * cluster: up to 50 letters, digits, dots, underscores and hyphens. All services and the command line need one and the same
     * prefix. Set it as an environment variable or a system property, not in a file, and do not change it once there is data.
     */
    Optional<String> prefix();

    /** The number of partitions of every shared topic, which is how many instances of a service can share the work. */
    @WithDefault("3")
    int partitions();

    /** The replicas of every record; 3 with {@code QUARKUS_PROFILE=production}. */
    @WithDefault("1")
    short replicationFactor();

    /** The in-sync replicas that a write needs; 2 with {@code QUARKUS_PROFILE=production}. */
    @WithDefault("1")
    int minInsyncReplicas();

    /**
     * The largest record in bytes, from 1 MiB to 32 MiB, for every producer, topic and consumer. All services and the local broker
     * need one value. Topics with a lower limit are raised to it.
     */
    @WithDefault("8388608")
    @Min(1 << 20)
    @Max(32 << 20)
    int maxRecordBytes();

    /**
     * This instance's lasting name, unique among the instances of the service. It is part of the names of the consumer groups that
     * this instance alone reads in. Unset, it is host name and port.
     */
    String instance();

    /** How often to check that broker and topics are still there. */
    @WithDefault("5s")
    Duration checkEvery();

    /** How long to wait before trying an unavailable broker again. */
    @WithDefault("1s")
    Duration retryEvery();
}
