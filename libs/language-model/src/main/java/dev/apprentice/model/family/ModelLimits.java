package dev.apprentice.model.family;

import com.sun.management.OperatingSystemMXBean;
import dev.apprentice.model.Device;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.Precision;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Locale;

/** The figures up to which a model is built: some times those of the largest published ones. */
public final class ModelLimits {

    public static final int LAYERS = 1 << 10;
    public static final int WIDTH = 1 << 17;
    public static final int VOCABULARY = 1 << 22;
    public static final int CONTEXT = 1 << 24;

    static final int HEADS = 1 << 12;
    static final int HEAD_WIDTH = 1 << 14;

    /** The hidden layer of a block's second part. */
    static final int INNER = 1 << 20;

    private ModelLimits() {}

    /**
     * Adds up what the weights take, before any is made.
     *
     * @param folder of the model, for the message
     * @param precision of the weights
     * @throws ModelException if that is more than the machine's memory, or the container's
     */
    public static void requireRoom(Architecture architecture, Path folder, Device device, Precision precision) {
        if (device.kind() == Device.Kind.GPU) {
            return; // its own memory decides, and says so in words
        }
        requireRoom(architecture, folder, totalMemory(), precision);
    }

    static void requireRoom(Architecture architecture, Path folder, long memory, Precision precision) {
        long bytes = architecture.weights().stream().mapToLong(Weight::elements).sum() * precision.bytes();
        if (bytes > memory) {
            throw new ModelException("the model in " + folder + " takes " + gibibytes(bytes) + " GiB in "
                    + precision.name().toLowerCase(Locale.ROOT) + ", and this machine has " + gibibytes(memory) + " GiB of memory; choose a smaller model, or a larger machine");
        }
    }

    private static long totalMemory() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                ? system.getTotalMemorySize()
                : Long.MAX_VALUE;
    }

    private static String gibibytes(long bytes) {
        return String.format(Locale.ROOT, "%.1f", bytes / (double) (1L << 30));
    }
}
