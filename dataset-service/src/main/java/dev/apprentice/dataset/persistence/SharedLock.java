package dev.apprentice.dataset.persistence;

import dev.apprentice.service.files.DurableFiles;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A file lock between all processes that share a folder. It is released when its process ends, however that happens.
 *
 * <p>Within a process, too, only one thread holds it, and what one holder wrote is visible to the next. A process never opens the
 * lock's file twice, because closing a file releases every lock that the process has on it (POSIX).
 */
public final class SharedLock implements AutoCloseable {

    private static final long PAUSE = 5; // milliseconds
    private static final Set<Path> HELD_HERE = new HashSet<>();

    private final Path file;
    private final FileChannel channel;

    private SharedLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /**
     * Takes the lock if it is free.
     *
     * @param file the lock's file; it is created if it is missing, and stays
     */
    public static Optional<SharedLock> tryLock(Path file) throws IOException {
        Path known = file.toAbsolutePath().normalize();
        if (!claim(known)) {
            return Optional.empty();
        }
        try {
            FileChannel channel = open(known);
            if (isLocked(channel)) {
                return Optional.of(new SharedLock(known, channel));
            }
            channel.close();
        } catch (IOException | RuntimeException e) {
            release(known);
            throw e;
        }
        release(known);
        return Optional.empty();
    }

    /**
     * Takes the lock as soon as it is free. Others hold it briefly, unless their process is frozen meanwhile.
     *
     * @param patience the longest time to wait
     * @return empty if the lock did not become free in that time
     * @throws InterruptedIOException if the thread is interrupted meanwhile
     */
    public static Optional<SharedLock> lock(Path file, Duration patience) throws IOException {
        long end = System.nanoTime() + patience.toNanos();
        while (true) {
            Optional<SharedLock> lock = tryLock(file);
            if (lock.isPresent() || System.nanoTime() - end >= 0) {
                return lock;
            }
            pause();
        }
    }

    private static void pause() throws InterruptedIOException {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for a lock");
        }
    }

    private static boolean claim(Path file) {
        synchronized (HELD_HERE) {
            return HELD_HERE.add(file);
        }
    }

    private static void release(Path file) {
        synchronized (HELD_HERE) {
            HELD_HERE.remove(file);
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
            release(file);
        }
    }
}
