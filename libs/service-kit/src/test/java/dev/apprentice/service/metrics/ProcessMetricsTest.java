package dev.apprentice.service.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ProcessMetricsTest {

    private static final int NATIVE_BYTES = 64 << 20;

    @TempDir Path folder;

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    /** A heap is committed long before it is resident. When all committed memory was subtracted, nothing seemed to be left. */
    @Test
    @EnabledOnOs(OS.LINUX) // others do not report a process's memory
    void whatIsOutsideTheHeapIsNotHiddenByAHeapThatIsCommittedAndEmpty() {
        new ProcessMetrics(registry, "dataset-service", "1", data());
        ByteBuffer outside = ByteBuffer.allocateDirect(NATIVE_BYTES); // allocation writes zeros

        double shown = registry.get("apprentice.process.native.memory").gauge().value();

        assertThat(shown).isBetween(
                (double) outside.capacity(), registry.get("apprentice.process.resident.memory").gauge().value());
    }

    /** By default, Micrometer holds a gauge's object with a weak reference. */
    @Test
    void everyGaugeHasItsValueStillWhenTheGarbageWasCollected() {
        new ProcessMetrics(registry, "dataset-service", "1", data());
        WeakReference<Object> garbage = new WeakReference<>(new Object());
        await().until(() -> {
            System.gc();
            return garbage.get() == null;
        });

        assertThat(registry.getMeters()).hasSizeGreaterThan(5).allSatisfy(meter -> meter.measure().forEach(
                measured -> assertThat(measured.getValue()).as(meter.getId().toString()).isNotNaN()));
        assertThat(registry.get("apprentice.disk.size").tag("use", "data").gauge().value()).isPositive();
    }

    private DataFolder data() {
        return new DataFolder(
                new SmallRyeConfigBuilder().withDefaultValue("apprentice.dataset.home", folder.toString()).build(), "dataset-service");
    }
}
