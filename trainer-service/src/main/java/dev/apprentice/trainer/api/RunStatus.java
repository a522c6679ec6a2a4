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
 * A run as it now stands.
 *
 * @param run its name
 * @param phase where in its life it is
 * @param desired what its owner asked for last
 * @param requestedAt when that was
 * @param firstRequestedAt when the run was asked for first
 * @param progress how it ended, or else its newest progress
 * @param checkpoints those announced, by step
 * @param best the step of the checkpoint with the lowest validation loss, or where none is held out, training loss
 * @param specification everything about it, defaults filled in
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
