package dev.apprentice.trainer.queue;

import dev.apprentice.trainer.run.KnownRun;
import dev.apprentice.trainer.run.Outcomes;
import dev.apprentice.trainer.run.Ownership;
import dev.apprentice.trainer.run.RunRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * This instance's runs that have not ended: first those that had no turn yet, oldest first, then those whose turn is longest
 * ago. Each is worked on by one thread at a time.
 */
@ApplicationScoped
public class RunQueue {

    private final RunRegistry registry;
    private final Ownership ownership;
    private final Outcomes outcomes;
    private final Set<String> taken = new HashSet<>();
    private final Map<String, Paused> paused = new HashMap<>();
    private long turns;

    /**
     * @param turn how many turns had been over before
     * @param nextOffset where in its batches it would have read on
     */
    private record Paused(long turn, long nextOffset) {}

    RunQueue(RunRegistry registry, Ownership ownership, Outcomes outcomes) {
        this.registry = registry;
        this.ownership = ownership;
        this.outcomes = outcomes;
    }

    /** The first run that fits and that is not worked on; it is the caller's until {@link #giveBack}. */
    public synchronized Optional<KnownRun> take(Predicate<KnownRun> fits) {
        return take(free().filter(fits));
    }

    /** Of those that have ended too. */
    public synchronized Optional<KnownRun> takeIdle(Predicate<KnownRun> fits) {
        return take(idle().filter(fits));
    }

    private Optional<KnownRun> take(Stream<KnownRun> fitting) {
        Optional<KnownRun> next = fitting.findFirst();
        next.ifPresent(known -> taken.add(known.name()));
        return next;
    }

    /** The runs that wait for their turn, in its order. */
    public synchronized List<KnownRun> waiting() {
        return free().filter(known -> !known.isCancelled()).toList();
    }

    public synchronized void giveBack(KnownRun known) {
        taken.remove(known.name());
        if (outcomes.has(known.run())) {
            paused.remove(known.name());
        }
    }

    /** Its turn is over before it has ended. */
    public synchronized void pause(KnownRun known, long nextOffset) {
        turns++;
        paused.put(known.name(), new Paused(turns, nextOffset));
    }

    /** Where in its batches a run reads on; 0 where this instance has not laid it down. */
    public synchronized long pausedAt(KnownRun known) {
        return Optional.ofNullable(paused.get(known.name())).map(Paused::nextOffset).orElse(0L);
    }

    /** Whether the run is this instance's, ended or not. */
    public boolean isOwn(KnownRun known) {
        return ownership.owns(known.partition());
    }

    /** Forgets the turns of runs that are another instance's now, and of those that have ended. Returns the names of the rest. */
    public synchronized Set<String> forgetOthers() {
        Set<String> own = registry.all().stream()
                .filter(known -> isOwn(known) && !outcomes.has(known.run()))
                .map(KnownRun::name)
                .collect(Collectors.toCollection(HashSet::new));
        own.addAll(taken);
        paused.keySet().retainAll(own);
        return own;
    }

    private Stream<KnownRun> free() {
        return idle()
                .filter(known -> !outcomes.has(known.run()))
                .sorted(Comparator.comparingLong(this::lastTurn)); // stable: oldest first among those without one
    }

    private Stream<KnownRun> idle() {
        return registry.all().stream()
                .filter(this::isOwn)
                .filter(known -> !taken.contains(known.name()));
    }

    private long lastTurn(KnownRun known) {
        return Optional.ofNullable(paused.get(known.name())).map(Paused::turn).orElse(0L);
    }
}
