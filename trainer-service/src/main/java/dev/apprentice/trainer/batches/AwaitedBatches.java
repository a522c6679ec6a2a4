package dev.apprentice.trainer.batches;

import dev.apprentice.contracts.event.Progress;
import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.trainer.run.KnownRun;
import dev.apprentice.trainer.run.RunRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * This instance's runs that have nothing to learn because dataset-service has not published their batches yet. A stream that has
 * begun to learn does not count: it waits for examples, which may come at any time.
 */
@ApplicationScoped
public class AwaitedBatches {

    /**
     * How long a run may wait before that is unusual. It is much longer than dataset-service needs to read a run and report
     * progress on it.
     */
    static final Duration UNUSUAL = Duration.ofMinutes(1);

    private final RunRegistry registry;
    private final LongSupplier clock;
    private final Map<String, Wait> waits = new ConcurrentHashMap<>();

    @Inject
    AwaitedBatches(RunRegistry registry) {
        this(registry, System::nanoTime);
    }

    /** @param clock in nanoseconds; never jumps */
    AwaitedBatches(RunRegistry registry, LongSupplier clock) {
        this.registry = registry;
        this.clock = clock;
    }

    /**
     * A run's wait for batches.
     *
     * @param since when the wait began, or when dataset-service last published progress for the run; nanoseconds of the clock
     * @param heard the newest progress of dataset-service at that time
     * @param told whether the run's owner was informed of the wait
     */
    private record Wait(long since, Optional<Progress> heard, boolean told) {}

    /** Notes that the run has nothing to learn now. Idempotent, and called repeatedly. */
    void begin(String run) {
        waits.computeIfAbsent(run, one -> new Wait(clock.getAsLong(), news(one), false));
    }

    /** Notes that the run has something to learn. */
    void end(String run) {
        waits.remove(run);
    }

    /** Forgets the waits of all other runs, which have ended or belong to another instance. */
    public void keepOnly(Set<String> runs) {
        waits.keySet().retainAll(runs);
    }

    /** Returns how many runs have waited too long without any progress from dataset-service. */
    long unusual() {
        return waits.keySet().stream().filter(this::isUnusual).count();
    }

    /** Tells whether a run has waited so long that its owner should be informed. It is true once per wait. */
    boolean isToBeTold(String run) {
        Wait wait = isUnusual(run) ? waits.get(run) : null;
        return wait != null && !wait.told() && waits.replace(run, wait, new Wait(wait.since(), wait.heard(), true));
    }

    private boolean isUnusual(String run) {
        long now = clock.getAsLong();
        Optional<Progress> news = news(run);
        if (news.filter(last -> last.phase() == Phase.PREPARED).isPresent()) {
            return false; // the batches exist, and the run waits for its turn
        }
        Wait wait = waits.computeIfPresent(run, (same, known) ->
                news.isEmpty() || news.equals(known.heard()) ? known : new Wait(now, news, false));
        return wait != null && now - wait.since() > UNUSUAL.toNanos();
    }

    /** Returns the run's newest progress if it came from dataset-service. */
    private Optional<Progress> news(String run) {
        return registry.find(run).flatMap(KnownRun::newest)
                .filter(newest -> newest.phase() == Phase.PREPARING || newest.phase() == Phase.PREPARED);
    }
}
