package dev.apprentice.service.kafka;

import java.time.Duration;
import java.util.Optional;

/** The default settings, except that no check runs in the background during a test. */
class DefaultSettings implements KafkaSettings {

    @Override
    public Optional<String> prefix() {
        return Optional.empty();
    }

    @Override
    public int partitions() {
        return 3;
    }

    @Override
    public short replicationFactor() {
        return 1;
    }

    @Override
    public int minInsyncReplicas() {
        return 1;
    }

    @Override
    public int maxRecordBytes() {
        return 8 << 20;
    }

    @Override
    public String instance() {
        return "test";
    }

    @Override
    public Duration checkEvery() {
        return Duration.ofHours(1);
    }

    @Override
    public Duration retryEvery() {
        return Duration.ofHours(1);
    }
}
