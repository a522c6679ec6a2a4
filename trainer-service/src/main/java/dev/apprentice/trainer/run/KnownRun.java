package dev.apprentice.trainer.run;

import dev.apprentice.contracts.Checkpoint;
import dev.apprentice.contracts.Progress;
import dev.apprentice.contracts.Progress.Phase;
import dev.apprentice.contracts.Run;
import dev.apprentice.contracts.Run.DesiredState;
import java.util.List;
import java.util.Optional;

/**
 * What is known of a run at a moment.
 *
 * @param run what was asked for last
 * @param partition the partition of the runs topic that it is in, which decides who trains it
 * @param newest its newest progress
 * @param conclusion its final progress
 * @param checkpoints those announced, by step
 */
public record KnownRun(
        Run run,
        int partition,
        Optional<Progress> newest,
        Optional<Progress> conclusion,
        List<Checkpoint> checkpoints) {

    public String name() {
        return run.run();
    }

    public boolean isCancelled() {
        return run.desired() == DesiredState.CANCEL;
    }

    /** Where in its life it is: what its conclusion says, or else its newest progress, or else still waiting. */
    public Phase phase() {
        return conclusion.or(() -> newest).map(Progress::phase).orElse(Phase.WAITING);
    }

    /** Whether others already know of this step's checkpoint. */
    public boolean hasAnnounced(int step) {
        return checkpoints.stream().anyMatch(checkpoint -> checkpoint.step() == step);
    }
}
