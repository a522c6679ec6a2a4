package dev.apprentice.dataset.datasets.download;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Runs an action after a timeout, unless it is cancelled before. */
final class Alarm implements AutoCloseable {

    private final ScheduledExecutorService timer;

    Alarm(String name) {
        timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** A running timeout; closing it cancels the action. */
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
