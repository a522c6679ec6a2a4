package dev.apprentice.service.metrics;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The memory of this process at one moment.
 *
 * @param resident bytes on the machine; not a number where the operating system does not tell
 * @param heap bytes of it that Java's heap has taken
 */
record ResidentMemory(double resident, double heap) {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int KIBIBYTE = 1024;

    static ResidentMemory now() {
        double heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted();
        try {
            return new ResidentMemory(Files.exists(STATUS) ? resident(Files.readAllLines(STATUS)) : Double.NaN, heap);
        } catch (IOException e) { // the process's own file cannot be read: that is known to Prometheus as not a number
            return new ResidentMemory(Double.NaN, heap);
        }
    }

    /** Reads {@code VmRSS:   123456 kB}. */
    static double resident(List<String> status) {
        return status.stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) * KIBIBYTE)
                .findFirst()
                .orElse(Double.NaN);
    }

    /** A heap is taken before it is touched, so the difference may be below zero while a service has just begun. */
    double outsideTheHeap() {
        return Double.isNaN(resident) ? resident : Math.max(0, resident - heap);
    }
}
