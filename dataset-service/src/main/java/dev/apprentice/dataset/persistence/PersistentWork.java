package dev.apprentice.dataset.persistence;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Work on threads of its own that is tried again, after growing pauses, for as long as its failures pass.
 *
 * <p>What is under way or waiting when this is closed never completes, so that a record which asked for it is not
 * acknowledged and comes again.
 */
public final class PersistentWork implements AutoCloseable {

    private static final Logger LOG = Logger.getLogger(PersistentWork.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    /** What is to be done; harmless when done again after it failed half-way. */
    @FunctionalInterface
    public interface Work {

        void run() throws Exception;
    }

    private final ThreadPoolExecutor threads;

    /**
     * @param name of the threads
     * @param size how many pieces of work may be under way; further ones wait in order
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
     * Completes when the work is done, or fails when trying again would not help.
     *
     * @param what it is, to end the sentence "cannot yet"
     */
    public Uni<Void> run(String what, Work work) {
        return Uni.createFrom()
                .voidItem()
                .emitOn(threads)
                .onItem()
                .transformToUni(nothing -> attempt(work))
                .onFailure(WorkFailure::passes)
                .invoke(failure -> LOG.warnf("cannot yet %s and will try again: %s", what, failure.getMessage()))
                .onFailure(WorkFailure::passes)
                .retry()
                .withBackOff(FIRST_PAUSE, LONGEST_PAUSE)
                .indefinitely();
    }

    /** Whether work waits for a thread. */
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
