package dev.apprentice.dataset;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Work that another core does while a thread does something else. It is over once this is closed.
 *
 * <p>The thread that waits for it does it itself where nothing has begun with it, so that it needs no other thread to come to an end.
 */
public final class AsyncWork<R> implements Closeable {

    private final CompletableFuture<Outcome<R>> outcome = new CompletableFuture<>();
    private final AtomicReference<Runnable> undone;
    private volatile boolean closed;

    /** What is to be done. */
    @FunctionalInterface
    public interface Work<R> {

        R run() throws IOException;
    }

    /** A failure is kept as it is; a future would wrap it. */
    private record Outcome<R>(R result, Throwable failure) {}

    private AsyncWork(Work<R> work) {
        undone = new AtomicReference<>(() -> outcome.complete(outcome(work)));
    }

    /** Begins with some work. */
    public static <R> AsyncWork<R> begin(Work<R> work) {
        AsyncWork<R> begun = new AsyncWork<>(work);
        AtomicReference<Runnable> undone = begun.undone; // the pool may come to it long after it is done, and is to hold nothing of it
        ForkJoinPool.commonPool().execute(() -> doIt(undone));
        return begun;
    }

    private Outcome<R> outcome(Work<R> work) {
        try {
            return new Outcome<>(closed ? null : work.run(), null);
        } catch (IOException | RuntimeException | Error e) {
            return new Outcome<>(null, e);
        }
    }

    private static boolean doIt(AtomicReference<Runnable> undone) {
        Runnable work = undone.getAndSet(null);
        if (work != null) {
            work.run();
        }
        return work != null;
    }

    /** Does it, unless something has begun with it. @return whether it did */
    boolean doHere() {
        return doIt(undone);
    }

    boolean isDone() {
        return outcome.isDone();
    }

    /** What comes of it; fails as the work did. */
    public R result() throws IOException {
        doHere();
        Outcome<R> came = outcome.join();
        if (came.failure() instanceof IOException e) {
            throw e;
        }
        if (came.failure() instanceof RuntimeException e) {
            throw e;
        }
        if (came.failure() instanceof Error e) {
            throw e;
        }
        return came.result();
    }

    /** What has not begun need not begin. */
    void cancel() {
        closed = true;
    }

    /** Waits until it is not worked on. */
    @Override
    public void close() {
        cancel();
        doHere();
        outcome.join();
    }
}
