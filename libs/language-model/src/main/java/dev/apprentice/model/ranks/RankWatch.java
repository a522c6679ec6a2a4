package dev.apprentice.model.ranks;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Detects that another rank hangs, because MPI and NCCL would wait for it for ever. Each single wait has the whole limit, so a
 * slow rank is tolerated. One thread waits, and another one watches it.
 */
public final class RankWatch {

    /**
     * A follower's limit as a multiple of rank 0's. Rank 0 may take one limit to arrive, and may then wait another limit for a
     * third rank before it ends the job.
     */
    private static final int LIMITS_OF_A_FOLLOWER = 2;

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final Duration limit;
    private final Consumer<String> end;
    private final LongSupplier nanoTime;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile String activity = "the start of the job";
    private volatile Wait current;

    /**
     * A wait in progress.
     *
     * @param whom describes the ranks that are waited for
     * @param limit after which the job is ended
     * @param began in nanoseconds
     */
    private record Wait(Supplier<String> whom, Duration limit, long began) {}

    /**
     * @param limit how long a rank may keep rank 0 waiting; a follower waits twice as long for rank 0
     * @param end ends the job; receives the beginning of a sentence with the time waited, the activity and the ranks waited for
     */
    public RankWatch(Duration limit, Consumer<String> end) {
        this(limit, end, System::nanoTime);
    }

    RankWatch(Duration limit, Consumer<String> end, LongSupplier nanoTime) {
        this.limit = limit;
        this.end = end;
        this.nanoTime = nanoTime;
    }

    /** Returns a watch with a practically endless limit. */
    public static RankWatch none() {
        return new RankWatch(Duration.ofDays(36_500), sentence -> {});
    }

    /** Starts a daemon thread that watches until the job is ended. */
    public RankWatch start() {
        Thread thread = new Thread(
                () -> {
                    while (!ended.get()) {
                        look();
                        LockSupport.parkNanos(LOOK_EVERY.toNanos());
                    }
                },
                "rank-watch");
        thread.setDaemon(true);
        thread.start();
        return this;
    }

    /** Sets what the ranks do together next, such as {@code step 7 of run 'first'}, for the message. */
    public void activity(String next) {
        activity = next;
    }

    /** Waits for other ranks as rank 0. */
    <T> T waitingFor(Supplier<String> whom, Supplier<T> wait) {
        return waiting(new Wait(whom, limit, nanoTime.getAsLong()), wait);
    }

    /** Waits for rank 0, which may itself wait for others. */
    <T> T waitingForRank0(Supplier<String> whom, Supplier<T> wait) {
        return waiting(new Wait(whom, limit.multipliedBy(LIMITS_OF_A_FOLLOWER), nanoTime.getAsLong()), wait);
    }

    private <T> T waiting(Wait begun, Supplier<T> wait) {
        current = begun;
        try {
            return wait.get();
        } finally {
            current = null;
        }
    }

    /** Ends the job, once, if the current wait has exceeded its limit. */
    void look() {
        Wait wait = current;
        if (wait != null) {
            Duration waited = Duration.ofNanos(nanoTime.getAsLong() - wait.began());
            if (waited.compareTo(wait.limit()) > 0 && ended.compareAndSet(false, true)) {
                end.accept("waited " + waited.toSeconds() + " seconds at " + activity + " for " + wait.whom().get());
            }
        }
    }
}
