package dev.apprentice.inference.models;

import dev.apprentice.model.card.CardFailure;
import dev.apprentice.service.threads.WatchedThread;
import dev.apprentice.service.threads.WatchedThreads;
import io.quarkus.runtime.Startup;
import jakarta.annotation.PostConstruct;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * The one thread that generates, because a single generation already uses all cores.
 *
 * <p>Users' questions and exam batches take turns, so neither waits longer than one piece of the other's work.
 */
@Startup
@ApplicationScoped
public class ModelThread {

    private static final Logger LOG = Logger.getLogger(ModelThread.class);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(5);
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final WatchedThreads threads;
    private final Queue<Runnable> questions = new ConcurrentLinkedQueue<>();
    private final Queue<Runnable> examBatches = new ConcurrentLinkedQueue<>();
    private final Semaphore waiting = new Semaphore(0);
    private final WatchedThread thread = new WatchedThread("model", this::work, LOOK_EVERY);
    private Queue<Runnable> first = questions;
    private Queue<Runnable> second = examBatches;

    ModelThread(WatchedThreads threads) {
        this.threads = threads;
    }

    @PostConstruct
    void start() {
        threads.start(thread);
    }

    /** Stops the thread. Waiting work is dropped; other instances get it again. */
    @PreDestroy
    void stop() throws InterruptedException {
        thread.stop();
        thread.join(STOP_WITHIN);
    }

    /** Queues a user's question. {@link QuestionLimit} limits their number. */
    public <T> CompletableFuture<T> question(Supplier<T> work) {
        return submit(questions, work);
    }

    /** Queues a batch of an exam. It needs no limit, because an exam waits for one batch before it submits the next. */
    public <T> CompletableFuture<T> examBatch(Supplier<T> work) {
        return submit(examBatches, work);
    }

    private <T> CompletableFuture<T> submit(Queue<Runnable> queue, Supplier<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        queue.add(completing(result, work));
        waiting.release();
        return result;
    }

    private static <T> Runnable completing(CompletableFuture<T> result, Supplier<T> work) {
        return () -> {
            try {
                result.complete(work.get());
            } catch (RuntimeException | Error e) {
                CardFailure.endProcessIf(e, LOG::error); // a failed card ends the process: no prompt may be given up for it
                result.completeExceptionally(e);
            }
        };
    }

    private void work(WatchedThread self) throws InterruptedException {
        while (!self.isStopping()) {
            if (waiting.tryAcquire(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                self.busyWith(next());
            }
        }
    }

    /** Returns work of the kind whose turn it is, or else of the other kind. */
    private Runnable next() {
        Runnable next = first.poll();
        if (next == null) {
            return second.poll();
        }
        Queue<Runnable> servedNow = first;
        first = second;
        second = servedNow;
        return next;
    }
}
