package dev.apprentice.cli.doctor;

import dev.apprentice.local.system.Installation;
import dev.apprentice.model.Device;
import dev.apprentice.model.ModelException;
import dev.apprentice.model.card.GraphicsCards;
import dev.apprentice.model.torchscript.NativeLibraries;
import dev.apprentice.model.torchscript.PyTorch;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Checks this machine: Java, PyTorch, memory, disk space, graphics card. */
public final class MachineFindings {

    private static final long GIB = 1L << 30;
    /** The memory of the broker and the four services after their start, with some reserve. */
    private static final long LEAST_MEMORY = 2 * GIB;
    /** The memory with a model of 124 million parameters in training. */
    private static final long GOOD_MEMORY = 6 * GIB;
    private static final long LEAST_ROOM = GIB;
    private static final long GOOD_ROOM = 10 * GIB;
    private static final int LEAST_JAVA = 17;
    private static final List<String> DEVICES = List.of("APPRENTICE_TRAINER_DEVICE", "APPRENTICE_INFERENCE_DEVICE");
    private static final Path DRIVER = Path.of("/proc/driver/nvidia/version");

    private MachineFindings() {}

    /**
     * Checks this machine.
     *
     * @param home the local system's folder, which need not exist yet
     * @param environment the environment variables, which name the devices that the services compute on
     */
    public static List<Finding> of(Path home, Map<String, String> environment) {
        if (DEVICES.stream().anyMatch(setting -> environment.getOrDefault(setting, "cpu").startsWith("gpu"))) {
            NativeLibraries.useLibtorchBeside(Installation.current().trainer()); // the library that the services load from beside them
        }
        List<Finding> findings = new ArrayList<>(
                List.of(java(Runtime.version().feature()), pyTorch(), memory(physicalMemory()), writable(home), room(home)));
        int usable = usableCards();
        List<Finding> refused = DEVICES.stream()
                .flatMap(setting -> device(setting, environment.getOrDefault(setting, "cpu"), usable).stream())
                .toList();
        findings.addAll(refused.isEmpty() ? List.of(card(usable)) : refused);
        return findings;
    }

    static Finding java(int feature) {
        return feature >= LEAST_JAVA
                ? Finding.good("Java", "version " + Runtime.version())
                : Finding.problem("Java", "version " + feature, "Set JAVA_HOME to a JDK 17 or newer.");
    }

    private static Finding pyTorch() {
        try {
            return Finding.good("native library", "PyTorch " + PyTorch.version() + ", " + PyTorch.threads() + " threads");
        } catch (ModelException e) {
            return Finding.problem(
                    "native library",
                    e.getMessage(),
                    "It is bundled for Linux (glibc) on x86-64 and ARM, macOS on ARM and Windows; build on the machine that it is for, and"
                            + " check that the temporary folder (-Djava.io.tmpdir) and ~/.djl.ai are writable and executable.");
        }
    }

    static Finding memory(long bytes) {
        String words = "%.1f GiB in all".formatted((double) bytes / GIB);
        if (bytes < LEAST_MEMORY) {
            return Finding.problem("memory", words, "The five processes need 2 GiB; run the services on several machines.");
        }
        return bytes < GOOD_MEMORY
                ? Finding.warning("memory", words, "Enough for small models; a model takes about 18 bytes a parameter while it is trained,"
                        + " less with --lora-rank.")
                : Finding.good("memory", words);
    }

    private static long physicalMemory() {
        return ManagementFactory.getPlatformMXBean(com.sun.management.OperatingSystemMXBean.class).getTotalMemorySize();
    }

    static Finding writable(Path home) {
        Path folder = existing(home);
        try { // tries to write: permissions do not reveal a read-only file system, or one without free inodes
            Files.delete(Files.createTempFile(folder, ".apprentice-doctor", ""));
            return Finding.good("storage", home + " can be written");
        } catch (IOException e) {
            return Finding.problem("storage", folder + " cannot be written", "Choose another folder with --home or"
                    + " APPRENTICE_HOME.");
        }
    }

    private static Finding room(Path home) {
        try {
            return room(home, Files.getFileStore(existing(home)).getUsableSpace());
        } catch (IOException e) {
            return Finding.problem("disk", home + ": " + e.getMessage(), "Name another folder with --home or APPRENTICE_HOME.");
        }
    }

    static Finding room(Path home, long bytes) {
        String words = "%.1f GiB free for %s".formatted((double) bytes / GIB, home);
        if (bytes < LEAST_ROOM) {
            return Finding.problem("disk", words, "Free space, or name another folder with --home or APPRENTICE_HOME.");
        }
        return bytes < GOOD_ROOM
                ? Finding.warning("disk", words, "A checkpoint takes about 12 bytes a parameter; --keep-checkpoints says how many a run keeps.")
                : Finding.good("disk", words);
    }

    private static Path existing(Path folder) {
        Path each = folder.toAbsolutePath();
        while (!Files.exists(each) && each.getParent() != null) {
            each = each.getParent();
        }
        return each;
    }

    private static int usableCards() {
        try {
            return PyTorch.gpus();
        } catch (ModelException e) { // reported by the check of the native library
            return 0;
        }
    }

    /**
     * Returns the error with which a service would refuse to start; empty if it would start. @param usable how many cards PyTorch
     * can use
     */
    static Optional<Finding> device(String setting, String wanted, int usable) {
        try {
            Device.present(setting, wanted, () -> usable);
            return Optional.empty();
        } catch (IllegalStateException e) {
            return Optional.of(Finding.problem("graphics card", e.getMessage(), "See docs/gpu.md."));
        }
    }

    private static Finding card(int usable) {
        Optional<GraphicsCards> cards = GraphicsCards.find();
        return card(
                Files.exists(DRIVER) || cards.isPresent()
                        ? Optional.of(GraphicsCards.whyNone(cards, GraphicsCards.flavor()))
                        : Optional.empty(),
                usable);
    }

    /**
     * Returns what the check of graphics cards found.
     *
     * @param whyNone why PyTorch can use none; empty if this machine has no card's driver
     * @param usable how many cards PyTorch can use
     */
    static Finding card(Optional<String> whyNone, int usable) {
        if (usable > 0) {
            return Finding.good("graphics card", usable + " usable");
        }
        return whyNone.map(why -> Finding.warning("graphics card", why, "See docs/gpu.md."))
                .orElseGet(() -> Finding.good("graphics card", "none; models are trained on the processor"));
    }
}
