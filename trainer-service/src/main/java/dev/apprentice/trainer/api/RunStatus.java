package dev.apprentice.trainer.api;

import dev.apprentice.contracts.event.Checkpoint;
import dev.apprentice.contracts.event.Progress;
import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.contracts.event.Run.DesiredState;
import dev.apprentice.contracts.run.RunSpecification;
import dev.apprentice.trainer.run.KnownRun;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A run's current state.
 *
 * @param run its name
 * @param phase its current phase
 * @param desired what its owner asked for last
 * @param requestedAt when the owner asked for that
 * @param firstRequestedAt when the run was first requested
 * @param progress its final progress event if it has ended, else its newest
 * @param checkpoints the announced checkpoints, ordered by step
 * @param best the step of the checkpoint with the lowest validation loss, or the lowest training loss where there is no
 *     validation split
 * @param specification its full description, with defaults filled in
 */
public record RunStatus(
        String run,
        Phase phase,
        DesiredState desired,
        Instant requestedAt,
        Instant firstRequestedAt,
        Optional<Progress> progress,
        List<Checkpoint> checkpoints,
        Optional<Integer> best,
        RunSpecification specification) {

    static RunStatus of(KnownRun known) {
        return new RunStatus(
                known.name(),
                known.phase(),
                known.run().desired(),
                known.run().requestedAt(),
                known.run().begunAt(),
                known.conclusion().or(known::newest),
                known.checkpoints(),
                Checkpoint.best(known.checkpoints()).map(Checkpoint::step),
                known.run().specification());
    }
}
