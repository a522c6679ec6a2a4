package dev.apprentice.model.hub.retry;

import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Closes a stream that has delivered nothing for a while, so that its reader fails instead of waiting for ever. */
public final class StallGuard implements AutoCloseable {

    private static final ScheduledExecutorService CLOCK = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "hub-stall-guard");
        thread.setDaemon(true);
        return thread;
    });

    private final Closeable stream;
    private final Duration limit;
    private final ScheduledFuture<?> watch;
    private volatile long lastSign = System.nanoTime();
    private volatile boolean stalled;

    public StallGuard(Closeable stream, Duration limit) {
        this.stream = stream;
        this.limit = limit;
        long period = Math.max(1, limit.toMillis() / 4);
        this.watch = CLOCK.scheduleAtFixedRate(this::look, period, period, TimeUnit.MILLISECONDS);
    }

    /** Returns why reading failed: the silence, if the stream was closed because of it. */
    public IOException reason(IOException failure) {
        return stalled ? new IOException("nothing came for " + limit.toSeconds() + " s", failure) : failure;
    }

    /** Reports that bytes have arrived. */
    public void alive() {
        lastSign = System.nanoTime();
    }

    private void look() {
        if (System.nanoTime() - lastSign > limit.toNanos()) {
            watch.cancel(false);
            stalled = true;
            try {
                stream.close();
            } catch (IOException e) {
                System.getLogger(StallGuard.class.getName())
                        .log(System.Logger.Level.DEBUG, "a stalled connection was not closed in order", e);
            }
        }
    }

    @Override
    public void close() {
        watch.cancel(false);
    }
}
