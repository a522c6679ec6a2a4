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
 * Ports that a start has chosen and where its members do not listen yet, so that another start at the same moment chooses others.
 * A claim is a lock on a file of the port's name; it ends with its process at the latest.
 */
public final class PortClaims implements AutoCloseable {

    private final Path folder;
    private final List<LockedFile> held = new ArrayList<>();

    /** @param folder shared by all systems of a user on this machine; made where it is missing */
    public PortClaims(Path folder) {
        this.folder = folder;
    }

    /** Those of this user. */
    public static PortClaims ofUser() {
        return new PortClaims(Path.of(System.getProperty("java.io.tmpdir"), "apprentice-ports-" + System.getProperty("user.name")));
    }

    /** Whether the port is free and is claimed from now on. */
    public boolean claim(int port) {
        return FreePorts.isFree(port) && lock(port);
    }

    /** A free port, claimed from now on. */
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
