package dev.apprentice.dataset.persistence;

import dev.apprentice.service.log.RepeatedWarning;
import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Runs work on threads of its own, and retries it with exponential backoff as long as its failures are transient.
 *
 * <p>Work that is running or waiting when this is closed never completes. A record that asked for it is therefore not
 * acknowledged and is delivered again.
 */
public final class PersistentWork implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(PersistentWork.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** The work; idempotent, since it is repeated after it failed half-way. */
    @FunctionalInterface
    public interface Work {

        void run() throws Exception;
    }

    private final ThreadPoolExecutor threads;

    /**
     * @param name of the threads
     * @param size how many pieces of work may run at once; further ones wait in order
     */
    public PersistentWork(String name, int size) {
        threads = new ThreadPoolExecutor(
                size,
                size,
                0,
                TimeUnit.SECONDS,
                new LinkedBlockingQueue<>(),
                task -> {
                    Thread thread = new Thread(task, name);
                    thread.setDaemon(true);
                    return thread;
                },
                new ThreadPoolExecutor.DiscardPolicy());
    }

    /**
     * Runs the work; completes when it is done, or fails if a retry would not help.
     *
     * @param what it does, as the end of a sentence that begins with "cannot yet"
     */
    public Uni<Void> run(String what, Work work) {
        RepeatedWarning waits = new RepeatedWarning(LOG);
        return Uni.createFrom()
                .voidItem()
                .emitOn(threads)
                .onItem()
                .transformToUni(nothing -> attempt(work))
                .onFailure(WorkFailure::passes)
                .invoke(failure -> waits.warn("cannot yet %s and will try again: %s".formatted(what, failure.getMessage()), null))
                .onFailure(WorkFailure::passes)
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .indefinitely()
                .invoke(() -> {
                    if (waits.over()) {
                        LOG.infof("what had to wait is done: %s", what);
                    }
                });
    }

    /** Tells whether work waits for a thread. */
    public boolean isWaitedFor() {
        return !threads.getQueue().isEmpty();
    }

    private static Uni<Void> attempt(Work work) {
        try {
            work.run();
            return Uni.createFrom().voidItem();
        } catch (Exception e) {
            return Uni.createFrom().failure(e);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
