package dev.apprentice.service.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.file.Path;
import java.util.function.ToDoubleFunction;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Metrics of every service's process: its version, the room on its disks, and its memory outside Java's heap. */
@Startup
@ApplicationScoped
public class ProcessMetrics {

    ProcessMetrics(
            MeterRegistry registry,
            @ConfigProperty(name = "quarkus.application.name") String service,
            @ConfigProperty(name = "quarkus.application.version") String version,
            DataFolder folder) {
        Gauge.builder("apprentice.build.info", () -> 1)
                .description("Always 1; the labels say what runs here")
                .tag("service", service)
                .tag("version", version)
                .tag("java", Runtime.version().toString())
                .register(registry);
        disk(registry, "data", folder.path());
        disk(registry, "temporary", Path.of(System.getProperty("java.io.tmpdir")));
        memory(registry, "apprentice.process.resident.memory", "Memory that the process has on the machine, the native part included",
                ResidentMemory::resident);
        memory(registry, "apprentice.process.native.memory", "Memory that the process has outside Java's heap: PyTorch, RocksDB, threads, code",
                ResidentMemory::outsideTheHeap);
    }

    private static void disk(MeterRegistry registry, String use, Path path) {
        DiskRoom room = new DiskRoom(path);
        Gauge.builder("apprentice.disk.free", room, DiskRoom::free)
                .description("Room left to this process on the disk with these files")
                .baseUnit("bytes")
                .tag("use", use)
                .strongReference(true) // nothing else references it, and a gauge of a collected object is NaN
                .register(registry);
        Gauge.builder("apprentice.disk.size", room, DiskRoom::size)
                .description("Size of the disk with these files")
                .baseUnit("bytes")
                .tag("use", use)
                .strongReference(true)
                .register(registry);
    }

    private static void memory(MeterRegistry registry, String name, String help, ToDoubleFunction<ResidentMemory> value) {
        Gauge.builder(name, () -> value.applyAsDouble(ResidentMemory.now()))
                .description(help)
                .baseUnit("bytes")
                .register(registry);
    }
}
