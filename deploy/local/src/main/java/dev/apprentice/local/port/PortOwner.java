package dev.apprentice.local.port;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Finds the process that listens on a port, on Linux only: {@code /proc/net/tcp} names the listening socket, and an entry of the
 * process's {@code fd} folder links to it. On other systems, and for other users' processes, no owner is found.
 *
 * @see <a href="https://www.kernel.org/doc/Documentation/networking/proc_net_tcp.txt">proc_net_tcp</a>
 */
public final class PortOwner {

    private static final Path PROC = Path.of("/proc");
    private static final String LISTENING = "0A";
    private static final int LOCAL_ADDRESS = 1;
    private static final int STATE = 3;
    private static final int INODE = 9;

    private PortOwner() {}

    /** Returns the owner's description for a sentence. */
    public static String words(int port) {
        return find(port)
                .map(process -> "process %d (%s)"
                        .formatted(process.pid(), process.info().command().orElse("its command is unknown")))
                .orElse("another process");
    }

    /** Returns the process that listens on this port of this machine, on any address. */
    static Optional<ProcessHandle> find(int port) {
        Set<String> sockets = new HashSet<>();
        sockets.addAll(listening(PROC.resolve("net/tcp"), port));
        sockets.addAll(listening(PROC.resolve("net/tcp6"), port));
        if (sockets.isEmpty()) {
            return Optional.empty();
        }
        return ProcessHandle.allProcesses().filter(process -> holdsOneOf(process, sockets)).findFirst();
    }

    private static Set<String> listening(Path table, int port) {
        Set<String> sockets = new HashSet<>();
        String suffix = String.format(":%04X", port);
        for (String line : lines(table)) {
            String[] columns = line.strip().split("\\s+");
            if (columns.length > INODE
                    && columns[LOCAL_ADDRESS].endsWith(suffix)
                    && columns[STATE].equals(LISTENING)) {
                sockets.add("socket:[" + columns[INODE] + "]");
            }
        }
        return sockets;
    }

    private static List<String> lines(Path table) {
        try {
            return Files.readAllLines(table);
        } catch (IOException e) {
            return List.of(); // not Linux, or not permitted: no owner is found
        }
    }

    private static boolean holdsOneOf(ProcessHandle process, Set<String> sockets) {
        Path descriptors = PROC.resolve(process.pid() + "/fd");
        try (DirectoryStream<Path> open = Files.newDirectoryStream(descriptors)) {
            for (Path each : open) {
                if (sockets.contains(target(each))) {
                    return true;
                }
            }
            return false;
        } catch (IOException e) {
            return false; // another user's process, or one that has just ended
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return ""; // closed in the meantime
        }
    }
}
