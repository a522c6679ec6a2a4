package dev.apprentice.service.kafka;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.Optional;

/** How topics are made and how large their records may be. */
@ConfigMapping(prefix = "apprentice.kafka")
public interface KafkaSettings {

    /**
     * What the names of topics, consumer groups and transactions begin with, such as {@code blue.}, so that several systems
     * share a cluster: up to 50 letters, digits, dots, underscores and hyphens. The same for all services and the command line;
     * an environment variable or a system property, not a file. Keep it once there is data.
     */
    Optional<String> prefix();

    /** Partitions of every shared topic: as many instances of a service can share the work. */
    @WithDefault("3")
    int partitions();

    /** Copies of every record; 3 with {@code QUARKUS_PROFILE=production}. */
    @WithDefault("1")
    short replicationFactor();

    /** Copies that must exist before a write counts; 2 with {@code QUARKUS_PROFILE=production}. */
    @WithDefault("1")
    int minInsyncReplicas();

    /**
     * The largest record in bytes, from 1 MiB to 32 MiB, for every producer, topic and consumer. Give all services and the
     * local broker the same. Topics that allow less are raised to it.
     */
    @WithDefault("8388608")
    @Min(1 << 20)
    @Max(32 << 20)
    int maxRecordBytes();

    /**
     * This instance's lasting name, which no other instance of the service has; part of the names of the groups it reads
     * alone in. Host name and port where it is not set.
     */
    String instance();

    /** How often to look whether broker and topics are still there. */
    @WithDefault("5s")
    Duration checkEvery();

    /** How long to wait before asking an absent broker again. */
    @WithDefault("1s")
    Duration retryEvery();
}
