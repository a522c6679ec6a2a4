package dev.apprentice.trainer.checkpoint;

import com.sun.management.OperatingSystemMXBean;
import dev.apprentice.model.Device;
import java.lang.management.ManagementFactory;
import java.util.Optional;

/**
 * When checkpoints are written: between two steps, or while the next steps run. Between steps, they are written from the model's
 * own memory. During steps, they are written from a copy of weights and optimizer state in the host's memory.
 */
public enum CheckpointWriting {
    BETWEEN_STEPS,
    WHILE_TRAINING;

    /** Maximum share of the machine's or the container's memory for a copy. */
    private static final double MOST = 0.5;

    /**
     * Returns when checkpoints are written on this device.
     *
     * @param asked the service's setting. If it is empty, training goes on while a checkpoint is written on a graphics card,
     *     which would be idle otherwise. A processor has to do both, so there it is written between steps
     */
    public static CheckpointWriting of(Optional<Boolean> asked, Device device) {
        return asked.orElse(device.kind() == Device.Kind.GPU) ? WHILE_TRAINING : BETWEEN_STEPS;
    }

    /** Tells whether contents of this size, in bytes, are copied before they are written. */
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
