package dev.apprentice.service.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import org.junit.jupiter.api.Test;

class ShownMetricsTest {

    @Test
    void aTopicsLagIsShownOnceUnderItsOwnName() {
        assertThat(ShownMetrics.isShown(lag("apprentice.runs"))).isTrue();
        assertThat(ShownMetrics.isShown(lag("apprentice.dead-letters"))).isTrue();
        assertThat(ShownMetrics.isShown(lag("judge-service-reports-scores-by-run-repartition"))).isTrue();
        assertThat(ShownMetrics.isShown(lag("apprentice_runs"))).isFalse();
        assertThat(ShownMetrics.isShown(lag("apprentice_dead-letters"))).isFalse();
    }

    @Test
    void onlyWhatAnAlertOrADashboardCanUseIsShownOfLibraries() {
        assertThat(ShownMetrics.isShown(id("kafka.producer.record.error.total"))).isTrue();
        assertThat(ShownMetrics.isShown(id("kafka.producer.buffer.available.bytes"))).isFalse();
        assertThat(ShownMetrics.isShown(id("netty.allocator.memory.used"))).isFalse();
        assertThat(ShownMetrics.isShown(id("apprentice.disk.free"))).isTrue();
    }

    private static Meter.Id lag(String topic) {
        return new Meter.Id("kafka.consumer.fetch.manager.records.lag", Tags.of("topic", topic), null, null, Meter.Type.GAUGE);
    }

    private static Meter.Id id(String name) {
        return new Meter.Id(name, Tags.empty(), null, null, Meter.Type.GAUGE);
    }
}
