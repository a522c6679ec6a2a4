package dev.apprentice.service.threads;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * A thread of a service that does one kind of work until it is stopped. After any failure the work begins again. It also records
 * when it last gave a sign of life, so liveness can detect a hung thread.
 */
public final class WatchedThread {

    /** How long a thread may go without a sign of life before it counts as hung, unless it pauses or has announced a long task. */
    static final Duration LONGEST_UNSEEN = Duration.ofMinutes(2);

    private static final Logger LOG = Logger.getLogger(WatchedThread.class);

    private final Work work;
    private final Duration retryEvery;
    private final LongSupplier nanoTime;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final Thread thread;
    private volatile long seenAt;
    /** Whether the thread pauses or does a task that may take long. */
    private volatile boolean busy;

    /** The thread's work. It returns once the thread has been stopped. */
    @FunctionalInterface
    public interface Work {

        /**
         * Does the work.
         *
         * @param self the thread, which tells when to stop and receives the signs of life
         */
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

    /** Asks the thread to end. */
    public void stop() {
        stopping.countDown();
    }

    /** Waits until the thread has ended. */
    public void join() throws InterruptedException {
        thread.join();
    }

    /** Like {@link #join()}, with a timeout. */
    public void join(Duration atMost) throws InterruptedException {
        thread.join(atMost.toMillis());
    }

    /** Tells whether the work has to end. Each call is a sign of life, so the work calls it often. */
    public boolean isStopping() {
        seen();
        return stopping.getCount() == 0;
    }

    /** Waits. Returns true, and early, if the thread is stopped. */
    public boolean pause(Duration duration) throws InterruptedException {
        busy = true;
        try {
            return stopping.await(duration.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            seen();
            busy = false;
        }
    }

    /** Runs a task that may take any time, such as a training step of a large model. */
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

    /** Tells whether the thread is running. */
    public boolean isAlive() {
        return thread.isAlive();
    }

    /** Returns why the thread counts as dead; empty while it lives. */
    public Optional<String> trouble() {
        if (stopping.getCount() == 0 || thread.getState() == Thread.State.NEW) {
            return Optional.empty();
        }
        if (!thread.isAlive()) {
            return Optional.of("the thread '" + thread.getName() + "' has ended");
        }
        if (busy) { // asked first: a task that ends after the question leaves a fresh sign of life before it is no longer busy
            return Optional.empty();
        }
        Duration unseen = Duration.ofNanos(nanoTime.getAsLong() - seenAt);
        return unseen.compareTo(LONGEST_UNSEEN) <= 0
                ? Optional.empty()
                : Optional.of("the thread '" + thread.getName() + "' has shown no sign of life for " + unseen.toSeconds() + " seconds");
    }
}
