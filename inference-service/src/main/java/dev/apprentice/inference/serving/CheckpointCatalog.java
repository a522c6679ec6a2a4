package dev.apprentice.inference.serving;

import dev.apprentice.contracts.event.Checkpoint;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Every checkpoint that was announced, by run and step. A step announced again replaces what was there. */
@ApplicationScoped
public class CheckpointCatalog {

    private static final Comparator<Checkpoint> BY_TIME =
            Comparator.comparing(Checkpoint::createdAt).thenComparing(Checkpoint::step);
    /** One that was trained comes before any that was not: a base is announced so that it can be measured. */
    private static final Comparator<Checkpoint> BY_USE =
            Comparator.<Checkpoint, Boolean>comparing(checkpoint -> checkpoint.step() > 0).thenComparing(BY_TIME);

    /** Guarded by this. */
    private final Map<String, TreeMap<Integer, Checkpoint>> runs = new HashMap<>();
    /** By run and step, why one that was announced cannot be served. Guarded by this. */
    private final Map<String, TreeMap<Integer, String>> refused = new HashMap<>();

    synchronized void add(Checkpoint checkpoint) {
        runs.computeIfAbsent(checkpoint.run(), run -> new TreeMap<>()).put(checkpoint.step(), checkpoint);
        refused.getOrDefault(checkpoint.run(), new TreeMap<>()).remove(checkpoint.step());
    }

    /** Keeps why a checkpoint cannot be served. */
    synchronized void refuse(Checkpoint checkpoint, String reason) {
        refused.computeIfAbsent(checkpoint.run(), run -> new TreeMap<>()).put(checkpoint.step(), reason);
    }

    synchronized void forget(String run) {
        runs.remove(run);
        refused.remove(run);
    }

    /** Those of all runs that should answer first: trained ones before base models, then the newest by the time of writing. */
    public synchronized List<Checkpoint> best(int most) {
        return runs.values().stream()
                .map(Map::values)
                .flatMap(Collection::stream)
                .sorted(BY_USE.reversed())
                .limit(most)
                .toList();
    }

    /** The first of {@link #best}. */
    public synchronized Optional<Checkpoint> best() {
        return runs.values().stream().map(Map::values).flatMap(Collection::stream).max(BY_USE);
    }

    /** The newest of a run, by the time it was written. */
    public synchronized Optional<Checkpoint> newest(String run) {
        return steps(run).values().stream().max(BY_TIME);
    }

    /** A run's checkpoint at a step. */
    public synchronized Optional<Checkpoint> at(String run, int step) {
        return Optional.ofNullable(steps(run).get(step));
    }

    /** Why a run's checkpoint cannot be served, at that step or the last such one; empty where there is none. */
    public synchronized Optional<String> refusal(String run, Optional<Integer> step) {
        TreeMap<Integer, String> reasons = refused.getOrDefault(run, new TreeMap<>());
        return step.isPresent()
                ? step.map(reasons::get)
                : Optional.ofNullable(reasons.lastEntry()).map(Map.Entry::getValue);
    }

    /** The steps at which a run has checkpoints, in order; none for a run without an announced checkpoint. */
    public synchronized List<Integer> stepsOf(String run) {
        return List.copyOf(steps(run).keySet());
    }

    private TreeMap<Integer, Checkpoint> steps(String run) {
        return runs.getOrDefault(run, new TreeMap<>());
    }
}
