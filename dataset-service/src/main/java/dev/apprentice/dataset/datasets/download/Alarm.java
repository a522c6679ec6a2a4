package dev.apprentice.dataset.datasets.download;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Does something when a time is over, unless what it was for is over before. */
final class Alarm implements AutoCloseable {

    private final ScheduledExecutorService timer;

    Alarm(String name) {
        timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** To be closed when what it is for is over. */
    record Set(ScheduledFuture<?> ring) implements AutoCloseable {

        @Override
        public void close() {
            ring.cancel(false);
        }
    }

    Set in(Duration time, Runnable ring) {
        return new Set(timer.schedule(ring, time.toMillis(), TimeUnit.MILLISECONDS));
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
