package dev.apprentice.service.threads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class WatchedThreadTest {

    private final AtomicLong nanos = new AtomicLong();

    @Test
    void beginsItsWorkAgainWhateverWentWrong() throws InterruptedException {
        AtomicInteger begun = new AtomicInteger();
        CountDownLatch third = new CountDownLatch(3);
        WatchedThread thread = thread(self -> {
            third.countDown();
            switch (begun.incrementAndGet()) {
                case 1 -> throw new IllegalStateException("unforeseen");
                case 2 -> throw new OutOfMemoryError("nor this");
                default -> awaitStop(self);
            }
        });
        thread.start();
        third.await();
        assertThat(thread.trouble()).isEmpty();
        end(thread);
        assertThat(begun).hasValue(3);
    }

    @Test
    void isInTroubleOnceItHasNotBeenSeenForTwoMinutes() throws InterruptedException {
        CountDownLatch hangs = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        WatchedThread thread = thread(self -> {
            hangs.countDown();
            release.await();
        });
        thread.start();
        hangs.await();
        nanos.set(Duration.ofMinutes(2).toNanos());
        assertThat(thread.trouble()).isEmpty();
        nanos.set(Duration.ofSeconds(121).toNanos());
        assertThat(thread.trouble()).contains("the thread 'watched' has shown no sign of life for 121 seconds");
        thread.stop();
        release.countDown();
        thread.join();
    }

    @Test
    void mayBeBusyForAsLongAsATrainingTakes() throws InterruptedException {
        CountDownLatch works = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        WatchedThread thread = thread(self -> self.busyWith(() -> {
            works.countDown();
            try {
                release.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }));
        thread.start();
        works.await();
        nanos.set(Duration.ofDays(3).toNanos());
        assertThat(thread.trouble()).isEmpty();
        thread.stop();
        release.countDown();
        thread.join();
    }

    @Test
    void mayPauseForAnHour() throws InterruptedException {
        CountDownLatch works = new CountDownLatch(1);
        WatchedThread thread = thread(self -> {
            works.countDown();
            self.pause(Duration.ofHours(1));
        });
        thread.start();
        works.await();
        await().until(() -> {
            nanos.addAndGet(Duration.ofMinutes(3).toNanos());
            return thread.trouble().isEmpty();
        });
        end(thread);
        assertThat(thread.isAlive()).isFalse();
    }

    @Test
    void isInTroubleOnceItHasEndedWithoutBeingAsked() throws InterruptedException {
        WatchedThread thread = thread(self -> {
            throw new InterruptedException();
        });
        thread.start();
        thread.join();
        assertThat(thread.trouble()).contains("the thread 'watched' has ended");
    }

    private WatchedThread thread(WatchedThread.Work work) {
        return new WatchedThread("watched", work, Duration.ZERO, nanos::get);
    }

    private static void awaitStop(WatchedThread self) throws InterruptedException {
        while (!self.pause(Duration.ofMillis(1))) {
            continue;
        }
    }

    private static void end(WatchedThread thread) throws InterruptedException {
        thread.stop();
        thread.join();
    }
}
