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

/** All runs in the topics, in memory, with bounded space for each. */
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

    /** Removes a run that was withdrawn from the topic of runs. */
    synchronized void forget(String run) {
        runs.remove(run);
    }

    private RunState state(String run) {
        return runs.computeIfAbsent(run, RunState::new);
    }

    /** Returns all runs, without grades: the one that was first requested last comes first. */
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

    /** Tells whether the run's owner has requested last that it be cancelled. */
    public synchronized boolean isCancelled(String run) {
        RunState state = runs.get(run);
        return state != null && state.isCancelled();
    }

    /**
     * Tells whether a run was cancelled early. Cancelling is the normal end of a stream's run, whose last exam is still wanted.
     */
    public synchronized boolean isAbandoned(String run) {
        return isCancelled(run) && !runs.get(run).isStream();
    }

    /** Returns how many checkpoints should get an exam and have no report yet. */
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
