package dev.apprentice.trainer.run;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** This instance's runs that have not ended, oldest first. Each is worked on by one thread at a time. */
@ApplicationScoped
public class RunQueue {

    private final RunRegistry registry;
    private final Ownership ownership;
    private final Outcomes outcomes;
    private final Set<String> taken = new HashSet<>();

    RunQueue(RunRegistry registry, Ownership ownership, Outcomes outcomes) {
        this.registry = registry;
        this.ownership = ownership;
        this.outcomes = outcomes;
    }

    /** The oldest run that fits and that nobody works on; it is the caller's until {@link #giveBack}. */
    public synchronized Optional<KnownRun> take(Predicate<KnownRun> fits) {
        Optional<KnownRun> next = registry.all().stream()
                .filter(known -> ownership.owns(known.partition()))
                .filter(known -> !taken.contains(known.name()) && !outcomes.has(known.name()))
                .filter(fits)
                .findFirst();
        next.ifPresent(known -> taken.add(known.name()));
        return next;
    }

    public synchronized void giveBack(KnownRun known) {
        taken.remove(known.name());
    }
}
