package dev.apprentice.dataset;

import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Work that a pool thread may do while the caller does something else. Nothing runs any more once this is closed.
 *
 * <p>A caller that waits for work that has not started does it itself, so completion depends on no other thread.
 */
public final class AsyncWork<R> implements Closeable {

    private final CompletableFuture<Outcome<R>> outcome = new CompletableFuture<>();
    private final AtomicReference<Runnable> undone;
    private volatile boolean closed;

    /** The work itself. */
    @FunctionalInterface
    public interface Work<R> {

        R run() throws IOException;
    }

    /** The result or the failure, unwrapped; a future would wrap the failure. */
    private record Outcome<R>(R result, Throwable failure) {}

    private AsyncWork(Work<R> work) {
        undone = new AtomicReference<>(() -> outcome.complete(outcome(work)));
    }

    /** Starts some work. */
    public static <R> AsyncWork<R> begin(Work<R> work) {
        AsyncWork<R> begun = new AsyncWork<>(work);
        AtomicReference<Runnable> undone = begun.undone; // the pool may get to it long after it is done, and must not retain the work
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

    /** Does the work in this thread, unless it has started. @return whether this call did it */
    boolean doHere() {
        return doIt(undone);
    }

    boolean isDone() {
        return outcome.isDone();
    }

    /** Returns the result, waiting for it if necessary; fails as the work did. */
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

    /** Prevents the work from starting; work that has started goes on. */
    void cancel() {
        closed = true;
    }

    /** Cancels the work and waits until nothing runs. */
    @Override
    public void close() {
        cancel();
        doHere();
        outcome.join();
    }
}
