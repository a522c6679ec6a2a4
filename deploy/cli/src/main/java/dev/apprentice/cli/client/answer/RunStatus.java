package dev.apprentice.cli.client.answer;

import dev.apprentice.contracts.event.Checkpoint;
import dev.apprentice.contracts.event.Progress;
import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.contracts.run.RunSpecification;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A run's present status.
 *
 * @param run its name
 * @param phase its phase
 * @param requestedAt when it was last requested to start, to stop or to resume
 * @param firstRequestedAt when it was first requested; empty from a trainer of an earlier version
 * @param progress its final progress event if it has ended, else its newest
 * @param checkpoints those announced, by step
 * @param specification everything about it, defaults filled in
 */
public record RunStatus(
        String run,
        Phase phase,
        Instant requestedAt,
        Optional<Instant> firstRequestedAt,
        Optional<Progress> progress,
        List<Checkpoint> checkpoints,
        RunSpecification specification) {

    /** Returns when the run was first requested, as far as its trainer knows. */
    public Instant begunAt() {
        return firstRequestedAt.orElse(requestedAt);
    }

    /** Tells whether its checkpoints are asked test questions. */
    public boolean hasExam() {
        return specification.data().split().test() != 0;
    }

    /** Returns the steps of its checkpoints. */
    public SortedSet<Integer> steps() {
        SortedSet<Integer> steps = new TreeSet<>();
        checkpoints.forEach(checkpoint -> steps.add(checkpoint.step()));
        return steps;
    }

    /**
     * Returns its checkpoint with the lowest validation loss or, if none was measured, with the lowest training loss; empty if no
     * loss was measured.
     */
    public Optional<Checkpoint> bestCheckpoint() {
        return Checkpoint.best(checkpoints);
    }

    /** Returns its checkpoint with the most steps; empty before the first. */
    public Optional<Checkpoint> newestCheckpoint() {
        return checkpoints.stream().reduce((first, second) -> first.step() > second.step() ? first : second);
    }
}
