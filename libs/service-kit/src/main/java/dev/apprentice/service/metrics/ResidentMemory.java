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
 * @param resident resident bytes of the process; NaN if the operating system does not report them
 * @param heap bytes of them that belong to Java's heap, approximately
 */
record ResidentMemory(double resident, double heap) {

    private static final Path STATUS = Path.of("/proc/self/status");
    private static final int KIBIBYTE = 1024;

    static ResidentMemory now() {
        double heap = touchedHeap();
        try {
            return new ResidentMemory(Files.exists(STATUS) ? resident(Files.readAllLines(STATUS)) : Double.NaN, heap);
        } catch (IOException e) { // the file cannot be read, which Prometheus shows as NaN
            return new ResidentMemory(Double.NaN, heap);
        }
    }

    /**
     * Returns approximately how many bytes of Java's heap are resident. The operating system allocates a page when it is first
     * written, so a committed page that was never written is not resident. Each pool therefore counts with its peak usage.
     */
    private static double touchedHeap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP && pool.isValid())
                .mapToDouble(pool -> Math.min(pool.getPeakUsage().getUsed(), pool.getUsage().getCommitted()))
                .sum();
    }

    /** Returns the resident bytes in lines such as {@code VmRSS: 123456 kB}. */
    static double resident(List<String> status) {
        return status.stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) * KIBIBYTE)
                .findFirst()
                .orElse(Double.NaN);
    }

    /** Returns the resident bytes outside Java's heap. Swapped pages could make the difference negative, so it is at least 0. */
    double outsideTheHeap() {
        return Double.isNaN(resident) ? resident : Math.max(0, resident - heap);
    }
}
