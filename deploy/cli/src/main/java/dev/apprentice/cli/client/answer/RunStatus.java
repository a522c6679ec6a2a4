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
 * A run as it now stands.
 *
 * @param run its name
 * @param phase where in its life it is
 * @param requestedAt when something was last asked for it: to begin, to end, to go on
 * @param firstRequestedAt when it was asked for first; empty from a trainer of an earlier version
 * @param progress how it ended, or else its newest progress
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

    /** When it was asked for first, as far as its trainer knows. */
    public Instant begunAt() {
        return firstRequestedAt.orElse(requestedAt);
    }

    /** Whether its checkpoints are asked anything. */
    public boolean hasExam() {
        return specification.data().split().test() != 0;
    }

    /** The steps of its checkpoints. */
    public SortedSet<Integer> steps() {
        SortedSet<Integer> steps = new TreeSet<>();
        checkpoints.forEach(checkpoint -> steps.add(checkpoint.step()));
        return steps;
    }

    /** Its checkpoint with the lowest validation loss; empty where none was measured. */
    public Optional<Checkpoint> bestCheckpoint() {
        return Checkpoint.best(checkpoints);
    }

    /** Its checkpoint with the most steps; empty before the first. */
    public Optional<Checkpoint> newestCheckpoint() {
        return checkpoints.stream().reduce((first, second) -> first.step() > second.step() ? first : second);
    }
}
