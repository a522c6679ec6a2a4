package dev.apprentice.service.threads;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * A thread of a service's own that does one work until it is stopped. After any failure the work begins again; and
 * it says when it was seen last, so that liveness can tell a thread that hangs.
 */
public final class WatchedThread {

    /** So long may a thread be unseen that neither pauses nor said that it takes long. */
    static final Duration LONGEST_UNSEEN = Duration.ofMinutes(2);

    private static final Logger LOG = Logger.getLogger(WatchedThread.class);

    private final Work work;
    private final Duration retryEvery;
    private final LongSupplier nanoTime;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;
    private volatile long seenAt;
    /** Pausing, or at something that may take long. */
    private volatile boolean busy;

    /** What the thread does. It returns once it has been stopped. */
    @FunctionalInterface
    public interface Work {

        /** @param self the thread, to be asked whether to go on, and to be told so */
        void run(WatchedThread self) throws InterruptedException;
    }

    /** @param retryEvery how long to wait before the work begins again after it failed */
    public WatchedThread(String name, Work work, Duration retryEvery) {
        this(name, work, retryEvery, System::nanoTime);
    }

    /** @param nanoTime a clock that never jumps */
    WatchedThread(String name, Work work, Duration retryEvery, LongSupplier nanoTime) {
        this.work = work;
        this.retryEvery = retryEvery;
        this.nanoTime = nanoTime;
        this.thread = new Thread(this::runUntilStopped, name);
        thread.setDaemon(true);
    }

    public void start() {
        seen();
        thread.start();
    }

    /** Asks it to end. */
    public void stop() {
        stopping.countDown();
    }

    /** Waits until it has ended. */
    public void join() throws InterruptedException {
        thread.join();
    }

    /** As {@link #join()}, for so long at most. */
    public void join(Duration atMost) throws InterruptedException {
        thread.join(atMost.toMillis());
    }

    /** Whether the work is to end; to be asked often, which shows that the thread lives. */
    public boolean isStopping() {
        seen();
        return stopping.getCount() == 0;
    }

    /** Lets time pass, less if it is stopped meanwhile. Returns whether it is. */
    public boolean pause(Duration duration) throws InterruptedException {
        busy = true;
        try {
            return stopping.await(duration.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            seen();
            busy = false;
        }
    }

    /** Does something that may take as long as it likes, such as a training step of a large model. */
    public void busyWith(Runnable task) {
        busy = true;
        try {
            task.run();
        } finally {
            seen();
            busy = false;
        }
    }

    private void seen() {
        seenAt = nanoTime.getAsLong();
    }

    private void runUntilStopped() {
        try {
            while (!isStopping()) {
                try {
                    work.run(this);
                } catch (RuntimeException | Error e) { // the work must go on after any of them
                    if (isStopping()) {
                        LOG.debugf(e, "the thread '%s' failed while it ends", thread.getName());
                        return;
                    }
                    LOG.errorf(e, "the thread '%s' failed and begins again", thread.getName());
                    pause(retryEvery);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether it still runs. */
    public boolean isAlive() {
        return thread.isAlive();
    }

    /** Why the thread counts as dead; empty while it lives. */
    public Optional<String> trouble() {
        if (stopping.getCount() == 0 || thread.getState() == Thread.State.NEW) {
            return Optional.empty();
        }
        if (!thread.isAlive()) {
            return Optional.of("the thread '" + thread.getName() + "' has ended");
        }
        Duration unseen = Duration.ofNanos(nanoTime.getAsLong() - seenAt);
        return busy || unseen.compareTo(LONGEST_UNSEEN) <= 0
                ? Optional.empty()
                : Optional.of("the thread '" + thread.getName() + "' has not been seen for " + unseen.toSeconds() + " seconds");
    }
}
