package dev.apprentice.service.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.lang.ref.WeakReference;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessMetricsTest {

    @TempDir Path folder;

    /** Micrometer holds what a gauge looks at weakly by itself. */
    @Test
    void everyGaugeHasItsValueStillWhenTheGarbageWasCollected() {
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        DataFolder data = new DataFolder(
                new SmallRyeConfigBuilder().withDefaultValue("apprentice.dataset.home", folder.toString()).build(), "dataset-service");
        new ProcessMetrics(registry, "dataset-service", "1", data);
        WeakReference<Object> garbage = new WeakReference<>(new Object());
        await().until(() -> {
            System.gc();
            return garbage.get() == null;
        });

        assertThat(registry.getMeters()).hasSizeGreaterThan(5).allSatisfy(meter -> meter.measure().forEach(
                measured -> assertThat(measured.getValue()).as(meter.getId().toString()).isNotNaN()));
        assertThat(registry.get("apprentice.disk.size").tag("use", "data").gauge().value()).isPositive();
    }
}
