package dev.apprentice.judge.run;

import dev.apprentice.contracts.event.Checkpoint;
import dev.apprentice.contracts.event.Progress;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.judge.report.ReportView;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Every run in the log, in memory and in bounded space each. */
@ApplicationScoped
public class Runs {

    private static final Comparator<RunSummary> NEWEST_FIRST = Comparator
            .comparing((RunSummary run) -> run.requestedAt().or(run::updatedAt), Comparator.comparing(Optional::orElseThrow))
            .reversed()
            .thenComparing(RunSummary::run);

    /** Guarded by this. */
    private final Map<String, RunState> runs = new HashMap<>();

    synchronized void take(Run run) {
        state(run.run()).wanted(run);
    }

    synchronized void take(Progress progress) {
        state(progress.run()).went(progress);
    }

    synchronized void take(Checkpoint checkpoint) {
        state(checkpoint.run()).saved(checkpoint);
    }

    /** What was withdrawn from the log of runs is shown no more. */
    synchronized void forget(String run) {
        runs.remove(run);
    }

    private RunState state(String run) {
        return runs.computeIfAbsent(run, RunState::new);
    }

    /** All runs, the one asked for last first; how they are graded is left open. */
    public synchronized List<RunSummary> summaries() {
        return runs.values().stream()
                .map(RunState::summary)
                .filter(run -> run.requestedAt().or(run::updatedAt).isPresent())
                .sorted(NEWEST_FIRST)
                .toList();
    }

    public synchronized Optional<RunDetail> detail(String run) {
        return Optional.ofNullable(runs.get(run)).map(RunState::detail);
    }

    /** Whether its owner has asked last for it to stop. */
    public synchronized boolean isCancelled(String run) {
        RunState state = runs.get(run);
        return state != null && state.isCancelled();
    }

    /** Whether it was cancelled before its time: a stream's run ends in no other way, and its last exam is wanted. */
    public synchronized boolean isAbandoned(String run) {
        return isCancelled(run) && !runs.get(run).isStream();
    }

    /** How many checkpoints are to be examined and have no report yet. */
    synchronized long unreported(ReportView reports) {
        return runs.entrySet().stream().mapToLong(run -> {
            Set<Integer> examined = new HashSet<>(run.getValue().examined());
            reports.of(run.getKey()).forEach(report -> examined.remove(report.step()));
            return examined.size();
        }).sum();
    }

    public synchronized Optional<Curves> curves(String run) {
        return Optional.ofNullable(runs.get(run)).map(RunState::curves);
    }
}
