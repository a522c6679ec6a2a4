package dev.apprentice.trainer.checkpoint;

import com.sun.management.OperatingSystemMXBean;
import dev.apprentice.model.Device;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/**
 * When checkpoints are written: between two steps, from the model's own memory, or while the next steps run, from a copy of
 * weights and optimizer state in the host's memory.
 */
public enum CheckpointWriting {
    BETWEEN_STEPS,
    WHILE_TRAINING;

    /** Of the machine's memory, or the container's, the share that a copy may take. */
    private static final double MOST = 0.5;

    /**
     * @param asked what the service's settings say. Where they say nothing, a graphics card, which would stand idle, goes on; a
     *     processor has only itself to write with
     */
    public static CheckpointWriting of(Optional<Boolean> asked, Device device) {
        return asked.orElse(device.kind() == Device.Kind.GPU) ? WHILE_TRAINING : BETWEEN_STEPS;
    }

    /** Whether contents of this size are to be copied. */
    public boolean copies(long bytes) {
        return copies(bytes, totalMemory());
    }

    boolean copies(long bytes, long memory) {
        return this == WHILE_TRAINING && bytes <= MOST * memory;
    }

    private static long totalMemory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : Long.MAX_VALUE;
    }
}
