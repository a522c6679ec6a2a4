package dev.apprentice.model.torchscript;

import ai.djl.engine.EngineException;
import dev.apprentice.model.DeviceMemoryException;
import java.util.Locale;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replaces PyTorch's out-of-memory errors with a message that says what did not fit and which setting to reduce. */
public final class OutOfMemory {

    /**
     * A graphics card's messages. The last one comes from an allocator that cannot ask NVML for the memory's users, as in a part
     * of a card (MIG).
     */
    private static final Pattern CARD = Pattern.compile("(?:CUDA (?:error: )?out of memory|CU(?:BLAS|DNN|SOLVER)_STATUS_ALLOC_FAILED"
            + "|NVML_SUCCESS == .{1,120}INTERNAL ASSERT FAILED at .{1,200}CUDACachingAllocator)"
            + "\\.?(?: Tried to allocate ([0-9.]+ \\w+))?");
    private static final Pattern PROCESSOR = Pattern.compile("DefaultCPUAllocator: .{1,40} you tried to allocate (\\d+) bytes");
    private static final double GIBIBYTE = 1L << 30;

    private OutOfMemory() {}

    /**
     * Runs a computation.
     *
     * @param what what is computed, for the message after "is too small for"
     * @param wayOut what to do if memory is too small
     * @throws DeviceMemoryException if the device's memory cannot hold it
     */
    public static <T> T named(Supplier<String> what, String wayOut, Supplier<T> computation) {
        try {
            return computation.get();
        } catch (EngineException e) {
            throw named(e, what, wayOut);
        }
    }

    /** Returns the failure itself, or an exception with the way out if it says that memory is used up. */
    static RuntimeException named(EngineException failure, Supplier<String> what, String wayOut) {
        String words = String.valueOf(failure.getMessage());
        Matcher card = CARD.matcher(words);
        if (card.find()) {
            return named("the graphics card's", what, card.group(1), wayOut, failure);
        }
        Matcher processor = PROCESSOR.matcher(words);
        return processor.find()
                ? named("this machine's", what, gibibytes(processor.group(1)), wayOut, failure)
                : failure;
    }

    private static DeviceMemoryException named(
            String whose, Supplier<String> what, String asked, String wayOut, EngineException failure) {
        return new DeviceMemoryException(
                whose + " memory is too small for " + what.get()
                        + (asked == null ? "" : " (PyTorch tried to allocate another " + asked + ")") + "; " + wayOut,
                failure);
    }

    private static String gibibytes(String bytes) {
        return String.format(Locale.ROOT, "%.2f GiB", Double.parseDouble(bytes) / GIBIBYTE);
    }
}
