package dev.apprentice.model.ranks;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * Notices where another rank hangs: MPI and NCCL never stop waiting for it. Each wait has the whole limit, so that a rank that is
 * slow is waited for. One thread waits; another one looks.
 */
public final class RankWatch {

    /** Rank 0 comes within its own limit, and then waits for as long before it ends the job. */
    private static final int LIMITS_OF_A_FOLLOWER = 2;

    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final Duration limit;
    private final Consumer<String> end;
    private final LongSupplier nanoTime;
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile String activity = "the start of the job";
    private volatile Wait current;

    /** @param whom those who are waited for, in words */
    private record Wait(Supplier<String> whom, Duration limit, long began) {}

    /**
     * @param limit how long a rank may let rank 0 wait; a follower waits for rank 0 twice as long
     * @param end ends the job; given for how long, at what and for whom was waited, as the beginning of a sentence
     */
    public RankWatch(Duration limit, Consumer<String> end) {
        this(limit, end, System::nanoTime);
    }

    RankWatch(Duration limit, Consumer<String> end, LongSupplier nanoTime) {
        this.limit = limit;
        this.end = end;
        this.nanoTime = nanoTime;
    }

    /** Waits for ever. */
    public static RankWatch none() {
        return new RankWatch(Duration.ofDays(36_500), sentence -> {});
    }

    /** Has a thread look from now on, as long as the process runs. */
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

    /** Says what the ranks do together next, such as {@code step 7 of run 'first'}. */
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

    /** Ends the job, once, if what is waited for has taken longer than its limit. */
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
