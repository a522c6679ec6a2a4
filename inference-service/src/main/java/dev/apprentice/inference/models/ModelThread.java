package dev.apprentice.inference.models;

import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/**
 * The one thread that generates: a single generation already uses all cores.
 *
 * <p>Questions of people and batches of an exam take turns, so that neither keeps the other waiting for longer than one
 * piece of work.
 */
@Startup
@ApplicationScoped
public class ModelThread {

    private static final long STOP_WITHIN_MS = 5_000;

    private final Queue<Runnable> questions = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> examBatches = new ConcurrentLinkedQueue<>();
    private final Semaphore waiting = new Semaphore(0);
    private final Thread thread = new Thread(this::work, "model");
    private volatile boolean stopping;

    @PostConstruct
    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    @PreDestroy
    void stop() throws InterruptedException {
        stopping = true;
        thread.interrupt();
        thread.join(STOP_WITHIN_MS);
    }

    /** Questions are limited by {@link QuestionLimit}. */
    public <T> CompletableFuture<T> question(Supplier<T> work) {
        return submit(questions, work);
    }

    /** An exam waits for one batch before it hands in the next, so these need no limit. */
    public <T> CompletableFuture<T> examBatch(Supplier<T> work) {
        return submit(examBatches, work);
    }

    private <T> CompletableFuture<T> submit(Queue<Runnable> queue, Supplier<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        queue.add(completing(result, work));
        waiting.release();
        return result;
    }

    boolean isAlive() {
        return thread.isAlive();
    }

    private static <T> Runnable completing(CompletableFuture<T> result, Supplier<T> work) {
        return () -> {
            try {
                result.complete(work.get());
            } catch (RuntimeException | Error e) {
                result.completeExceptionally(e);
            }
        };
    }

    private void work() {
        Queue<Runnable> first = questions;
        Queue<Runnable> second = examBatches;
        try {
            while (!stopping) {
                waiting.acquire();
                Runnable next = first.poll();
                if (next == null) {
                    second.poll().run();
                } else {
                    next.run();
                    Queue<Runnable> servedNow = first;
                    first = second;
                    second = servedNow;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the service stops; what waits is asked again elsewhere
        }
    }
}
