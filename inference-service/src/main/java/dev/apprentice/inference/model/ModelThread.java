package dev.apprentice.inference.model;

import dev.apprentice.inference.InferenceSettings;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
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

    private final int questionsAtMost;
    private final Queue<Runnable> questions;
    private final Queue<Runnable> examBatches = new ConcurrentLinkedQueue<>();
    private final Semaphore waiting = new Semaphore(0);
    private final Thread thread = new Thread(this::work, "model");
    private volatile boolean stopping;

    ModelThread(InferenceSettings settings, MeterRegistry metrics) {
        questionsAtMost = settings.questionsWaiting();
        questions = new ArrayBlockingQueue<>(questionsAtMost);
        Gauge.builder("apprentice.questions.waiting", questions, Queue::size)
                .description("Questions of people that wait for the model")
                .register(metrics);
    }

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

    /** @throws TooManyQuestionsException if as many as may wait are waiting already */
    public <T> CompletableFuture<T> question(Supplier<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        if (!questions.offer(completing(result, work))) {
            throw new TooManyQuestionsException(questionsAtMost);
        }
        waiting.release();
        return result;
    }

    /** Whoever runs an exam waits for one batch before handing in the next, so these need no limit. */
    public <T> CompletableFuture<T> examBatch(Supplier<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        examBatches.add(completing(result, work));
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
