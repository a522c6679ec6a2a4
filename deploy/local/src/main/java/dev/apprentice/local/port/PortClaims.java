package dev.apprentice.local.port;

import dev.apprentice.local.LockedFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Ports that a start has chosen before its members listen there, so a concurrent start chooses others. A claim is a lock on a
 * file with the port's name; it ends with its process at the latest.
 */
public final class PortClaims implements AutoCloseable {

    private final Path folder;
    private final List<LockedFile> held = new ArrayList<>();

    /** Creates claims. @param folder shared by all systems of a user on this machine; created if needed */
    public PortClaims(Path folder) {
        this.folder = folder;
    }

    /** Returns claims in this user's folder. */
    public static PortClaims ofUser() {
        return new PortClaims(Path.of(System.getProperty("java.io.tmpdir"), "apprentice-ports-" + System.getProperty("user.name")));
    }

    /** Claims the port if it is free, and tells whether it did. */
    public boolean claim(int port) {
        return FreePorts.isFree(port) && lock(port);
    }

    /** Claims any free port and returns it. */
    public int claimAny() {
        int port;
        do {
            port = FreePorts.find(1).get(0);
        } while (!lock(port));
        return port;
    }

    private boolean lock(int port) {
        try {
            Files.createDirectories(folder);
            Optional<LockedFile> locked = LockedFile.tryLock(folder.resolve(Integer.toString(port)));
            locked.ifPresent(held::add);
            return locked.isPresent();
        } catch (IOException e) {
            throw new UncheckedIOException("Ports cannot be claimed in " + folder, e);
        }
    }

    @Override
    public void close() throws IOException {
        for (LockedFile each : held) {
            each.close();
        }
    }
}
