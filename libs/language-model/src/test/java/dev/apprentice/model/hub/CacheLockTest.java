package dev.apprentice.model.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Platform;
import dev.apprentice.model.hub.retry.Sleeper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheLockTest {

    @TempDir
    Path folder;

    @Test
    void whoComesSecondWaitsUntilTheFirstIsDone() throws Exception {
        Path file = folder.resolve(".locks/model/etag.lock");
        AtomicBoolean waited = new AtomicBoolean();
        CacheLock first = CacheLock.acquire(file, Sleeper.SLEEP, () -> waited.set(true));
        assertThat(waited).isFalse();

        try (CacheLock second = CacheLock.acquire(file, duration -> close(first), () -> waited.set(true))) {
            assertThat(waited).isTrue();
        }
        assertThat(file).exists();
    }

    private static void close(CacheLock lock) {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aLockOfAnotherProgramIsRespected() throws Exception {
        Path flock = Path.of("/usr/bin/flock");
        assumeTrue(!Platform.isWindows() && Files.isExecutable(flock), "the program flock is not here");
        Path file = Files.createFile(folder.resolve("etag.lock"));
        Process other = new ProcessBuilder(flock.toString(), file.toString(), "sh", "-c", "echo locked; read line").start();
        try (BufferedReader output = other.inputReader()) {
            assertThat(output.readLine()).isEqualTo("locked");
            assertThat(Flock.tryLock(file)).isEmpty();

            other.getOutputStream().close();
            other.waitFor();

            CacheLock.acquire(file, Sleeper.SLEEP, () -> {
                throw new AssertionError("no process has the lock any more");
            }).close();
        } finally {
            other.destroy();
        }
    }
}
