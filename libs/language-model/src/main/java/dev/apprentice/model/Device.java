package dev.apprentice.model;

import dev.apprentice.model.card.GraphicsCards;
import java.util.function.IntSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a model's tensors live and its program runs.
 *
 * @param kind processor or graphics card
 * @param index which of the graphics cards, from 0; 0 for the processor
 */
public record Device(Kind kind, int index) {

    public enum Kind {
        CPU,
        /** A graphics card, reached through CUDA. */
        GPU
    }

    public static final Device CPU = new Device(Kind.CPU, 0);

    private static final Pattern WRITTEN = Pattern.compile("cpu|gpu(?::(\\d{1,3}))?");

    /** @throws IllegalArgumentException if the index is negative, or is not 0 for the processor */
    public Device {
        if (index < 0 || kind == Kind.CPU && index != 0) {
            throw new IllegalArgumentException("there is no device " + kind + " " + index);
        }
    }

    public static Device gpu(int index) {
        return new Device(Kind.GPU, index);
    }

    /**
     * Parses {@code cpu}, {@code gpu} (the first one) or {@code gpu:N} (the one with that index, from 0).
     *
     * @throws ModelException if the text is none of them
     */
    public static Device parse(String text) {
        Matcher written = WRITTEN.matcher(text);
        if (!written.matches()) {
            throw new ModelException("the device '" + text + "' is not known; write cpu, gpu or gpu:N, such as gpu:1");
        }
        if (text.equals("cpu")) {
            return CPU;
        }
        return gpu(written.group(1) == null ? 0 : Integer.parseInt(written.group(1)));
    }

    /**
     * Parses a setting and checks that the device exists, before anything is computed on it.
     *
     * @param gpus returns the number of graphics cards; called only for a GPU, because it loads the native library
     * @throws IllegalStateException if it does not; the message names the setting and the way out
     */
    public static Device present(String setting, String wanted, IntSupplier gpus) {
        Device device;
        try {
            device = parse(wanted);
        } catch (ModelException e) {
            throw new IllegalStateException(setting + ": " + e.getMessage(), e);
        }
        if (device.kind() == Kind.GPU && device.index() >= found(setting, wanted, gpus)) {
            throw new IllegalStateException(setting + " is " + wanted + ", but PyTorch finds "
                    + (gpus.getAsInt() == 0
                            ? "no graphics card on this machine: " + GraphicsCards.whyNone(GraphicsCards.find(), GraphicsCards.flavor())
                            : "only " + gpus.getAsInt() + " graphics card(s) on this machine; set it to a lower number")
                    + ", or set it to cpu");
        }
        return device;
    }

    private static int found(String setting, String wanted, IntSupplier gpus) {
        try {
            return gpus.getAsInt();
        } catch (ModelException e) { // PyTorch cannot be loaded
            throw new IllegalStateException(setting + " is " + wanted + ", but " + e.getMessage(), e);
        }
    }

    /** Returns the form that {@link #parse} reads. */
    @Override
    public String toString() {
        return kind == Kind.CPU ? "cpu" : "gpu:" + index;
    }
}
