package dev.apprentice.dataset.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedLockTest {

    @TempDir
    Path folder;

    @Test
    void isHeldByOneProcessAtATimeAndEndsWithIt() throws Exception {
        Path file = folder.resolve("lock");
        try (LockingProcess other = LockingProcess.of(file)) {
            assertThat(SharedLock.tryLock(file)).isEmpty();
            assertThat(SharedLock.tryLock(file)).as("its file was closed in between").isEmpty();
        }
        SharedLock.tryLock(file).orElseThrow().close();
    }

    @Test
    void isHeldOnceWithinAProcessAndStaysHeldWhenAnotherTries() throws Exception {
        Path file = folder.resolve("locks").resolve("lock");
        try (SharedLock held = SharedLock.tryLock(file).orElseThrow()) {
            assertThat(SharedLock.tryLock(file)).isEmpty();
            assertThat(SharedLock.tryLock(folder.resolve("locks/../locks/lock"))).isEmpty();
        }
        Optional<SharedLock> again = SharedLock.tryLock(file);
        assertThat(again).isPresent();
        again.get().close();
    }

    @Test
    void isWaitedForNoLongerThanItIsWorth() throws Exception {
        Path file = folder.resolve("lock");
        LockingProcess other = LockingProcess.of(file);
        assertThat(SharedLock.lock(file, Duration.ofMillis(20))).isEmpty();
        CompletableFuture<Optional<SharedLock>> waiting = CompletableFuture.supplyAsync(() -> {
            try {
                return SharedLock.lock(file, Duration.ofMinutes(5));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        other.close();
        waiting.join().orElseThrow().close();
    }
}
