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
 * This instance's runs that have nothing to learn because dataset-service has yet to publish it. A stream's run that has begun
 * is none of them: it waits for examples, which come when they come.
 */
@ApplicationScoped
public class AwaitedBatches {

    /** Much longer than it takes dataset-service to hear of a run, and to say what it does about it. */
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
     * @param since when it began, or dataset-service was last heard to work on the run
     * @param heard what was heard then
     * @param told whether the run's owner was told
     */
    private record Wait(long since, Optional<Progress> heard, boolean told) {}

    /** The run has nothing to learn now. Called again and again. */
    void begin(String run) {
        waits.computeIfAbsent(run, one -> new Wait(clock.getAsLong(), news(one), false));
    }

    /** Something to learn has come. */
    void end(String run) {
        waits.remove(run);
    }

    /** Forgets the waits of all but these: the others have ended, or are another instance's. */
    public void keepOnly(Set<String> runs) {
        waits.keySet().retainAll(runs);
    }

    /** How many runs have waited for too long without a word from dataset-service. */
    long unusual() {
        return waits.keySet().stream().filter(this::isUnusual).count();
    }

    /** Whether a run has waited so long that its owner should hear of it: once a wait. */
    boolean isToBeTold(String run) {
        Wait wait = isUnusual(run) ? waits.get(run) : null;
        return wait != null && !wait.told() && waits.replace(run, wait, new Wait(wait.since(), wait.heard(), true));
    }

    private boolean isUnusual(String run) {
        long now = clock.getAsLong();
        Optional<Progress> news = news(run);
        if (news.filter(last -> last.phase() == Phase.PREPARED).isPresent()) {
            return false; // they are there, and the run waits for its turn
        }
        Wait wait = waits.computeIfPresent(run, (same, known) ->
                news.isEmpty() || news.equals(known.heard()) ? known : new Wait(now, news, false));
        return wait != null && now - wait.since() > UNUSUAL.toNanos();
    }

    /** What dataset-service published last, where no other service has published anything since. */
    private Optional<Progress> news(String run) {
        return registry.find(run).flatMap(KnownRun::newest)
                .filter(newest -> newest.phase() == Phase.PREPARING || newest.phase() == Phase.PREPARED);
    }
}
