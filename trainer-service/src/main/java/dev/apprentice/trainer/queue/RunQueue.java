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
 * This instance's runs that have not ended. First come those that had no turn yet, oldest request first, then those whose turn is
 * longest ago. A run that is resumed is requested anew. At most one thread works on each.
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
     * A run that was paused.
     *
     * @param turn ordinal of the turn that ended, counted from 1
     * @param nextOffset offset in its batches where it goes on
     */
    private record Paused(long turn, long nextOffset) {}

    RunQueue(RunRegistry registry, Ownership ownership, Outcomes outcomes) {
        this.registry = registry;
        this.ownership = ownership;
        this.outcomes = outcomes;
    }

    /** Takes the first run that fits and that is not worked on. It belongs to the caller until {@link #giveBack}. */
    public synchronized Optional<KnownRun> take(Predicate<KnownRun> fits) {
        return take(free().filter(fits));
    }

    /** Like {@link #take(Predicate)}, but also takes runs that have ended. */
    public synchronized Optional<KnownRun> takeIdle(Predicate<KnownRun> fits) {
        return take(idle().filter(fits));
    }

    private Optional<KnownRun> take(Stream<KnownRun> fitting) {
        Optional<KnownRun> next = fitting.findFirst();
        next.ifPresent(known -> taken.add(known.name()));
        return next;
    }

    /** Returns the runs that wait for their turn, in the order of their turns. */
    public synchronized List<KnownRun> waiting() {
        return free().filter(known -> !known.isCancelled()).toList();
    }

    public synchronized void giveBack(KnownRun known) {
        taken.remove(known.name());
        if (outcomes.has(known.run())) {
            paused.remove(known.name());
        }
    }

    /** Notes that the run's turn is over before the run has ended. */
    public synchronized void pause(KnownRun known, long nextOffset) {
        turns++;
        paused.put(known.name(), new Paused(turns, nextOffset));
    }

    /** Returns the offset in its batches where a run goes on; 0 if this instance has not paused it. */
    public synchronized long pausedAt(KnownRun known) {
        return Optional.ofNullable(paused.get(known.name())).map(Paused::nextOffset).orElse(0L);
    }

    /** Tells whether this instance owns the run, ended or not. */
    public boolean isOwn(KnownRun known) {
        return ownership.owns(known.partition());
    }

    /** Forgets the turns of runs that have ended or that another instance now owns. Returns the names of the remaining runs. */
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
                .sorted(Comparator.comparingLong(this::lastTurn).thenComparing(known -> known.run().requestedAt()));
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
