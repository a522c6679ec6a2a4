package dev.apprentice.local.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Ports that a start has chosen and where its members do not listen yet, so that another start at the same moment chooses others.
 * A claim is a lock on a file of the port's name; it ends with its process at the latest.
 */
final class PortClaims implements AutoCloseable {

    private final Path folder;
    private final List<FileChannel> held = new ArrayList<>();

    /** @param folder shared by all systems of a user on this machine; made where it is missing */
    PortClaims(Path folder) {
        this.folder = folder;
    }

    /** Those of this user. */
    static PortClaims ofUser() {
        return new PortClaims(Path.of(System.getProperty("java.io.tmpdir"), "apprentice-ports-" + System.getProperty("user.name")));
    }

    /** Whether the port is free and is claimed from now on. */
    boolean claim(int port) {
        return FreePorts.isFree(port) && lock(port);
    }

    /** A free port, claimed from now on. */
    int claimAny() {
        int port;
        do {
            port = FreePorts.find(1).get(0);
        } while (!lock(port));
        return port;
    }

    private boolean lock(int port) {
        try {
            Files.createDirectories(folder);
            FileChannel channel =
                    FileChannel.open(folder.resolve(Integer.toString(port)), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!tryLock(channel)) {
                channel.close();
                return false;
            }
            held.add(channel);
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException("Ports cannot be claimed in " + folder, e);
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false; // another start of this very process has it
        }
    }

    @Override
    public void close() throws IOException {
        for (FileChannel channel : held) {
            channel.close();
        }
    }
}
