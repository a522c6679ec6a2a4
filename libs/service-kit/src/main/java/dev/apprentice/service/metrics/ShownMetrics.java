package dev.apprentice.service.metrics;

import dev.apprentice.contracts.topic.Topic;
import dev.apprentice.contracts.topic.Topics;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.config.MeterFilterReply;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Decides which of the libraries' metrics are exported, and with which buckets. Kafka has several hundred metrics for each
 * client; only those that an alert or a dashboard can use are exported.
 */
@Singleton
public class ShownMetrics {

    private static final String REQUESTS = "http.server.requests";

    private static final Set<String> KAFKA = Set.of(
            "kafka.consumer.fetch.manager.records.lag",
            "kafka.consumer.fetch.manager.records.lag.max",
            "kafka.consumer.fetch.manager.records.consumed.total",
            "kafka.consumer.fetch.manager.bytes.consumed.total",
            "kafka.consumer.coordinator.assigned.partitions",
            "kafka.consumer.coordinator.rebalance.total",
            "kafka.consumer.coordinator.failed.rebalance.total",
            "kafka.consumer.coordinator.commit.latency.avg",
            "kafka.consumer.coordinator.last.heartbeat.seconds.ago",
            "kafka.producer.record.send.total",
            "kafka.producer.record.error.total",
            "kafka.producer.record.retry.total",
            "kafka.producer.request.latency.avg",
            "kafka.stream.client.state",
            "kafka.stream.alive.stream.threads",
            "kafka.stream.failed.stream.threads",
            "kafka.stream.thread.process.total",
            "kafka.stream.thread.task.closed.total");

    /**
     * Topics' former names. Kafka's clients also report a topic's figures under its name from before 4.1 (KIP-1109), so a sum
     * would count them twice.
     */
    private static final Set<String> FORMER_NAMES = Stream.concat(Topics.PROVISIONED.stream().map(Topic::name), Stream.of(Topics.DEAD_LETTERS))
            .map(name -> name.replace('.', '_'))
            .collect(Collectors.toUnmodifiableSet());

    /** Prefix of the metrics of a buffer pool that nothing here tunes. */
    private static final String NETTY = "netty.";

    @Produces
    @Singleton
    MeterFilter shown() {
        return new MeterFilter() {
            @Override
            public MeterFilterReply accept(Meter.Id id) {
                return isShown(id) ? MeterFilterReply.NEUTRAL : MeterFilterReply.DENY;
            }

            @Override
            public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
                return id.getName().equals(REQUESTS) ? requestBuckets().merge(config) : config;
            }
        };
    }

    static boolean isShown(Meter.Id id) {
        if (id.getName().startsWith("kafka.")) {
            return KAFKA.contains(id.getName()) && !FORMER_NAMES.contains(String.valueOf(id.getTag("topic")));
        }
        return !id.getName().startsWith(NETTY);
    }

    private static DistributionStatisticConfig requestBuckets() {
        double[] nanoseconds = Arrays.stream(Buckets.ofRequests()).mapToDouble(bound -> (double) bound.toNanos()).toArray();
        return DistributionStatisticConfig.builder().serviceLevelObjectives(nanoseconds).build();
    }
}
