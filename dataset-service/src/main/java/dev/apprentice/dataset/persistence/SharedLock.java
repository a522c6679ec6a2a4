package dev.apprentice.dataset.persistence;

import dev.apprentice.service.files.DurableFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A lock that every process respects which keeps its things in the same folder. It ends with its process, however that ends.
 *
 * <p>Within a process it is held once, too. There its file is never open twice: closing a file gives up every lock that the
 * process has on it (POSIX).
 */
public final class SharedLock implements AutoCloseable {

    private static final Set<Path> HELD_HERE = ConcurrentHashMap.newKeySet();

    private final Path file;
    private final FileChannel channel;

    private SharedLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock if it is free.
     *
     * @param file that stands for what is locked; it is made if need be, and stays
     */
    public static Optional<SharedLock> tryLock(Path file) throws IOException {
        Path known = file.toAbsolutePath().normalize();
        if (!HELD_HERE.add(known)) {
            return Optional.empty();
        }
        try {
            FileChannel channel = open(known);
            if (isLocked(channel)) {
                return Optional.of(new SharedLock(known, channel));
            }
            channel.close();
        } catch (IOException | RuntimeException e) {
            HELD_HERE.remove(known);
            throw e;
        }
        HELD_HERE.remove(known);
        return Optional.empty();
    }

    /** Waits for a lock that is held briefly by other processes, and by this one never twice at a time. */
    public static SharedLock lock(Path file) throws IOException {
        Path known = file.toAbsolutePath().normalize();
        if (!HELD_HERE.add(known)) {
            throw new IllegalStateException("lock " + known + " is held by this process");
        }
        try {
            FileChannel channel = open(known);
            channel.lock();
            return new SharedLock(known, channel);
        } catch (IOException | RuntimeException e) {
            HELD_HERE.remove(known);
            throw e;
        }
    }

    private static FileChannel open(Path file) throws IOException {
        DurableFiles.createFolder(file.getParent());
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        try {
            channel.close();
        } finally {
            HELD_HERE.remove(file);
        }
    }
}
