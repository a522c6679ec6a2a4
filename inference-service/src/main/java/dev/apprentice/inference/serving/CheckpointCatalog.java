package dev.apprentice.inference.serving;

import dev.apprentice.contracts.event.Checkpoint;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** All announced checkpoints, by run and step. A step that is announced again replaces the earlier one. */
@ApplicationScoped
public class CheckpointCatalog {

    /** @param at announcement by the broker's clock; the clocks of trainers may differ by hours */
    private record Announced(Checkpoint checkpoint, Instant at) {

        int step() {
            return checkpoint.step();
        }
    }

    private static final Comparator<Announced> BY_TIME = Comparator.comparing(Announced::at).thenComparing(Announced::step);
    /** Trained checkpoints rank above base models, which are only announced to be measured. */
    private static final Comparator<Announced> BY_USE =
            Comparator.<Announced, Boolean>comparing(announced -> announced.step() > 0).thenComparing(BY_TIME);

    /** Guarded by this. */
    private final Map<String, TreeMap<Integer, Announced>> runs = new HashMap<>();
    /** By run and step, the reason why an announced checkpoint cannot be served. Guarded by this. */
    private final Map<String, TreeMap<Integer, String>> refused = new HashMap<>();

    /** @param at when it was announced, by the broker's clock */
    synchronized void add(Checkpoint checkpoint, Instant at) {
        runs.computeIfAbsent(checkpoint.run(), run -> new TreeMap<>()).put(checkpoint.step(), new Announced(checkpoint, at));
        refused.getOrDefault(checkpoint.run(), new TreeMap<>()).remove(checkpoint.step());
    }

    /** Records why a checkpoint cannot be served. */
    synchronized void refuse(Checkpoint checkpoint, String reason) {
        refused.computeIfAbsent(checkpoint.run(), run -> new TreeMap<>()).put(checkpoint.step(), reason);
    }

    synchronized void forget(String run) {
        runs.remove(run);
        refused.remove(run);
    }

    /**
     * Returns the best checkpoints of all runs, best first: trained ones before base models, then newest first by announcement.
     *
     * @param most maximum number of checkpoints
     */
    public synchronized List<Checkpoint> best(int most) {
        return runs.values().stream()
                .map(Map::values)
                .flatMap(Collection::stream)
                .sorted(BY_USE.reversed())
                .limit(most)
                .map(Announced::checkpoint)
                .toList();
    }

    /** Returns the first of {@link #best(int)}. */
    public synchronized Optional<Checkpoint> best() {
        return runs.values().stream().map(Map::values).flatMap(Collection::stream).max(BY_USE).map(Announced::checkpoint);
    }

    /** Returns the newest checkpoint of a run, by announcement. */
    public synchronized Optional<Checkpoint> newest(String run) {
        return steps(run).values().stream().max(BY_TIME).map(Announced::checkpoint);
    }

    /** Returns a run's checkpoint at a step. */
    public synchronized Optional<Checkpoint> at(String run, int step) {
        return Optional.ofNullable(steps(run).get(step)).map(Announced::checkpoint);
    }

    /** Returns why a run's checkpoint cannot be served, at the given step or at the last such step; empty if there is none. */
    public synchronized Optional<String> refusal(String run, Optional<Integer> step) {
        TreeMap<Integer, String> reasons = refused.getOrDefault(run, new TreeMap<>());
        return step.isPresent()
                ? step.map(reasons::get)
                : Optional.ofNullable(reasons.lastEntry()).map(Map.Entry::getValue);
    }

    /** Returns the steps at which a run has checkpoints, in ascending order; empty if the run has none. */
    public synchronized List<Integer> stepsOf(String run) {
        return List.copyOf(steps(run).keySet());
    }

    private TreeMap<Integer, Announced> steps(String run) {
        return runs.getOrDefault(run, new TreeMap<>());
    }
}
