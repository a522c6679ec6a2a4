package dev.apprentice.model.torchscript;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Threads that compute side by side, as many as an operator may use, each with single-threaded operators. Independent shares of
 * work run faster this way. No thread waits for the others after each operator, and an operator's results stay in the core's cache
 * for the next one.
 */
public final class SingleThreads {

    private static final Executor THREADS = Executors.newFixedThreadPool(count(), Single::new);

    private SingleThreads() {}

    /** Returns the best number of shares. */
    public static int count() {
        return PyTorch.threads();
    }

    /**
     * Runs the shares and returns their results in order once all are done. Cannot be interrupted, because the caller may free
     * what they work on as soon as this returns.
     */
    public static <T> List<T> run(List<Supplier<T>> shares) {
        List<CompletableFuture<T>> futures = shares.stream()
                .map(share -> CompletableFuture.supplyAsync(share, THREADS))
                .toList();
        try {
            CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new)).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
        return futures.stream().map(CompletableFuture::join).toList();
    }

    /** A thread that {@link PyTorch#prepareThread} recognizes by its class. */
    static final class Single extends Thread {

        private Single(Runnable task) {
            super(task, "compute");
            setDaemon(true);
        }
    }
}
