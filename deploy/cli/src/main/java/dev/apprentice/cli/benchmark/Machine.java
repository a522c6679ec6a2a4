package dev.apprentice.cli.benchmark;

import dev.apprentice.model.torchscript.PyTorch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Describes the machine that measures, since a figure means nothing without it. */
public final class Machine {

    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
    private static final Path STATUS = Path.of("/proc/self/status");

    private Machine() {}

    /** Returns processor, cores, threads in use, JDK and PyTorch, on one line. */
    public static String describe() {
        return processor() + ", " + Runtime.getRuntime().availableProcessors() + " cores, " + PyTorch.threads()
                + " threads; JDK " + Runtime.version() + "; PyTorch " + PyTorch.version();
    }

    private static String processor() {
        return field(PROCESSORS, "model name")
                .orElse(System.getProperty("os.name") + " on " + System.getProperty("os.arch"));
    }

    /** Returns the peak memory of this process, in bytes; empty if the system does not report it. */
    public static OptionalLong peakMemory() {
        return field(STATUS, "VmHWM")
                .map(text -> OptionalLong.of(1024 * Long.parseLong(text.replaceAll("\\D", ""))))
                .orElse(OptionalLong.empty());
    }

    private static Optional<String> field(Path file, String name) {
        if (!Files.isReadable(file)) {
            return Optional.empty();
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith(name)).map(line -> line.replaceFirst("^[^:]*:\\s*", "")).findFirst();
        } catch (IOException e) {
            return Optional.empty(); // a kernel that does not report it
        }
    }
}
