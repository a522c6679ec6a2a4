package dev.apprentice.model.hub;

import com.sun.jna.Platform;
import dev.apprentice.model.hub.retry.Sleeper;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;

/**
 * Lets only one process or thread at a time download a file, Python's included. The lock is released if its holder dies; the lock
 * file remains.
 */
final class CacheLock implements AutoCloseable {

    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(100);

    private final Closeable lock;

    private CacheLock(Closeable lock) {
        this.lock = lock;
    }

    /**
     * Acquires the lock, waiting as long as it takes.
     *
     * @param waiting is called once if another process has the lock
     */
    static CacheLock acquire(Path file, Sleeper sleeper, Runnable waiting) throws IOException, InterruptedException {
        create(file);
        Optional<Closeable> lock = tryLock(file);
        if (lock.isEmpty()) {
            waiting.run();
        }
        while (lock.isEmpty()) {
            sleeper.sleep(BETWEEN_ATTEMPTS);
            lock = tryLock(file);
        }
        return new CacheLock(lock.get());
    }

    private static void create(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        try {
            Files.createFile(file);
        } catch (FileAlreadyExistsException e) {
            // left by an earlier download, which is normal
            return;
        }
    }

    private static Optional<Closeable> tryLock(Path file) throws IOException {
        return Platform.isWindows() ? tryWindowsLock(file) : Flock.tryLock(file);
    }

    private static Optional<Closeable> tryWindowsLock(Path file) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock(0, 1, false) != null) {
                return Optional.of(channel);
            }
        } catch (OverlappingFileLockException e) {
            channel.close();
            return Optional.empty();
        }
        channel.close();
        return Optional.empty();
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }
}
