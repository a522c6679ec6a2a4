package dev.apprentice.service;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How the topics are made that do not exist yet. */
@ConfigMapping(prefix = "apprentice.kafka")
public interface KafkaSettings {

    /** Partitions of every shared topic: as many instances of a service can share the work. */
    @WithDefault("3")
    int partitions();

    /** Copies of every record; 3 with {@code QUARKUS_PROFILE=production}. */
    @WithDefault("1")
    short replicationFactor();

    /** Copies that must exist before a write counts; 2 with {@code QUARKUS_PROFILE=production}. */
    @WithDefault("1")
    int minInsyncReplicas();

    /** How often to look whether broker and topics are still there. */
    @WithDefault("5s")
    Duration checkEvery();

    /** How long to wait before asking an absent broker again. */
    @WithDefault("1s")
    Duration retryEvery();
}
