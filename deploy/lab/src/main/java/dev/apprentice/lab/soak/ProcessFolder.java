package dev.apprentice.lab.soak;

import dev.apprentice.local.CommandException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads what Linux reports about a process in {@code /proc/PID}.
 *
 * @param folder that folder
 * @see <a href="https://man7.org/linux/man-pages/man5/proc_pid_status.5.html">proc_pid_status(5)</a>
 */
record ProcessFolder(Path folder) {

    private static final double KIB_PER_MIB = 1024;

    static ProcessFolder of(long pid) {
        return new ProcessFolder(Path.of("/proc", String.valueOf(pid)));
    }

    double residentMiB() {
        return field("VmRSS") / KIB_PER_MIB;
    }

    int threads() {
        return Math.toIntExact(field("Threads"));
    }

    /** Returns the target of each open file, such as a path, {@code socket:[4711]}, or a path with {@code (deleted)}. */
    List<String> openFiles() {
        try (Stream<Path> descriptors = Files.list(folder.resolve("fd"))) {
            return descriptors.map(ProcessFolder::target).filter(target -> !target.isEmpty()).toList();
        } catch (IOException e) {
            throw gone(e);
        }
    }

    /** Returns the target of a descriptor; empty if it was closed in the meantime. */
    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw new CommandException("The open files of a process cannot be read: " + e.getMessage() + ".", e);
        }
    }

    private long field(String name) {
        try {
            return Files.readAllLines(folder.resolve("status")).stream()
                    .filter(line -> line.startsWith(name + ":"))
                    .map(line -> line.substring(name.length() + 1).replace("kB", "").strip())
                    .mapToLong(Long::parseLong)
                    .findFirst()
                    .orElseThrow(() -> gone(new IOException("its status has no " + name)));
        } catch (IOException e) {
            throw gone(e);
        }
    }

    private CommandException gone(IOException e) {
        return new CommandException(
                "The process " + folder.getFileName() + " has ended or cannot be looked at (" + e.getMessage() + ").", e);
    }
}
