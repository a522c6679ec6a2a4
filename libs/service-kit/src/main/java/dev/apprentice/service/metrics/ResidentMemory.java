package dev.apprentice.service.metrics;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The memory of this process at one moment.
 *
 * @param resident bytes on the machine; not a number where the operating system does not tell
 * @param heap bytes of it that Java's heap has written to
 */
record ResidentMemory(double resident, double heap) {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int KIBIBYTE = 1024;

    static ResidentMemory now() {
        double heap = touchedHeap();
        try {
            return new ResidentMemory(Files.exists(STATUS) ? resident(Files.readAllLines(STATUS)) : Double.NaN, heap);
        } catch (IOException e) { // the process's own file cannot be read: that is known to Prometheus as not a number
            return new ResidentMemory(Double.NaN, heap);
        }
    }

    /**
     * What Java's heap is in memory with, nearly: the operating system gives a page when it is first written, and a heap that
     * is committed and not written yet is in no memory. So each pool counts with the most that it has held.
     */
    private static double touchedHeap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP && pool.isValid())
                .mapToDouble(pool -> Math.min(pool.getPeakUsage().getUsed(), pool.getUsage().getCommitted()))
                .sum();
    }

    /** Reads {@code VmRSS:   123456 kB}. */
    static double resident(List<String> status) {
        return status.stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) * KIBIBYTE)
                .findFirst()
                .orElse(Double.NaN);
    }

    /** Not below zero, though pages that went to disk may make it seem so. */
    double outsideTheHeap() {
        return Double.isNaN(resident) ? resident : Math.max(0, resident - heap);
    }
}
