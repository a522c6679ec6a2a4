package dev.apprentice.model.torchscript;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Threads that compute side by side, as many as an operator may use, each with operators of a single thread. What falls into
 * independent shares is done faster so: no thread waits for the others at the end of each operator, and what one operator
 * leaves in a core's cache is there for the next one.
 */
public final class SingleThreads {

    private static final Executor THREADS = Executors.newFixedThreadPool(count(), Single::new);

    private SingleThreads() {}

    /** How many shares there should be. */
    public static int count() {
        return PyTorch.threads();
    }

    /**
     * Returns when all are done, with their results in the same order. It cannot be interrupted: the caller may free what
     * they work on as soon as it returns.
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

    /** {@link PyTorch#prepareThread} knows it by its class. */
    static final class Single extends Thread {

        private Single(Runnable task) {
            super(task, "compute");
            setDaemon(true);
        }
    }
}
