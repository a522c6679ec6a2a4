package dev.apprentice.model.network;

import dev.apprentice.model.Device;
import java.util.List;

/** What a program's operations are shaped for. The families' own sources are the same for all. */
public enum Target {
    /** A few rows or weights at a time, so that they stay in a processor's cache. */
    PROCESSOR(List.of("head.torchscript", "optimizer.torchscript", "cache.torchscript")),
    /** As few operators as there can be, each as large as memory allows, and no waiting between them. */
    GRAPHICS_CARD(List.of("card.torchscript", "cardgeneration.torchscript"));

    private final List<String> scripts;

    Target(List<String> scripts) {
        this.scripts = scripts;
    }

    /** The parts of the program that differ, resources beside this class. */
    List<String> scripts() {
        return scripts;
    }

    public static Target of(Device device) {
        return device.kind() == Device.Kind.GPU ? GRAPHICS_CARD : PROCESSOR;
    }
}
