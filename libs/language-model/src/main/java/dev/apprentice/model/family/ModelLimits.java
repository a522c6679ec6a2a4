package dev.apprentice.model.family;

import com.sun.management.OperatingSystemMXBean;
import dev.apprentice.model.Device;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.Precision;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Locale;

/** Upper bounds of a model's sizes: a few times those of the largest published models. */
public final class ModelLimits {

    public static final int LAYERS = 1 << 10;
    public static final int WIDTH = 1 << 17;
    public static final int VOCABULARY = 1 << 22;
    public static final int CONTEXT = 1 << 24;

    static final int HEADS = 1 << 12;
    static final int HEAD_WIDTH = 1 << 14;

    /** The width of the feed-forward part's hidden layer. */
    static final int INNER = 1 << 20;

    private ModelLimits() {}

    /**
     * Checks that the weights fit into memory, before any is created.
     *
     * @param folder the model's folder, for the message
     * @param precision of the weights
     * @throws ModelException if the weights exceed the memory of the machine or of the container
     */
    public static void requireRoom(Architecture architecture, Path folder, Device device, Precision precision) {
        if (device.kind() == Device.Kind.GPU) {
            return; // a card that is too small fails with a clear message at the allocation
        }
        requireRoom(architecture, folder, totalMemory(), precision);
    }

    static void requireRoom(Architecture architecture, Path folder, long memory, Precision precision) {
        long bytes = architecture.weights().stream().mapToLong(Weight::elements).sum() * precision.bytes();
        if (bytes > memory) {
            throw new ModelException("the model in " + folder + " needs " + gibibytes(bytes) + " GiB in "
                    + precision.name().toLowerCase(Locale.ROOT) + ", but this machine has " + gibibytes(memory) + " GiB of memory; choose"
                    + " a smaller model, or a larger machine");
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
