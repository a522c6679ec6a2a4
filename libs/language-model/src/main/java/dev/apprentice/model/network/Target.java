package dev.apprentice.model.network;

import dev.apprentice.model.Device;
import java.util.List;

/** The kind of device that a program's operations are shaped for. The families' own sources are the same for all. */
public enum Target {
    /** Processes a few rows or weights at a time, so that they stay in the processor's cache. */
    PROCESSOR(List.of("head.torchscript", "optimizer.torchscript", "cache.torchscript", "dropout.torchscript")),
    /** Uses as few operators as possible, each as large as memory allows, without synchronization between them. */
    GRAPHICS_CARD(List.of("card.torchscript", "cardgeneration.torchscript", "carddropout.torchscript"));

    private final List<String> scripts;

    Target(List<String> scripts) {
        this.scripts = scripts;
    }

    /** Returns the parts of the program that differ, as names of resources beside {@link dev.apprentice.model.family.Architecture}. */
    List<String> scripts() {
        return scripts;
    }

    public static Target of(Device device) {
        return device.kind() == Device.Kind.GPU ? GRAPHICS_CARD : PROCESSOR;
    }
}
