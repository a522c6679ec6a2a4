package dev.apprentice.trainer.run;

import dev.apprentice.contracts.event.Checkpoint;
import dev.apprentice.contracts.event.Progress;
import dev.apprentice.contracts.event.Progress.Phase;
import dev.apprentice.contracts.event.Run;
import dev.apprentice.contracts.event.Run.DesiredState;
import dev.apprentice.contracts.run.DataSource.Source;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;

/**
 * What is known of a run at a moment.
 *
 * @param run what was asked for last
 * @param partition the partition of the runs topic that it is in, which decides who trains it
 * @param newest its newest progress
 * @param conclusion its final progress since it was resumed for the last time
 * @param checkpoints those announced, by step
 * @param reported steps whose report has an answer to every question
 */
public record KnownRun(
        Run run,
        int partition,
        Optional<Progress> newest,
        Optional<Progress> conclusion,
        List<Checkpoint> checkpoints,
        SortedSet<Integer> reported) {

    public String name() {
        return run.run();
    }

    public boolean isCancelled() {
        return run.desired() == DesiredState.CANCEL;
    }

    /** Whether it learns from a stream, so that it ends only by being cancelled. */
    public boolean isStream() {
        return run.specification().data().source() == Source.STREAM;
    }

    /** Where in its life it is: what its conclusion says, or else its newest progress, or else still waiting. */
    public Phase phase() {
        return conclusion
                .or(() -> newest.filter(progress -> !progress.phase().isFinal())) // which ended it before it was resumed
                .map(Progress::phase)
                .orElse(Phase.WAITING);
    }

    /**
     * Whether this step's weights may still be needed: a question of its exam is not answered, or its report is the newest
     * complete one, or the base model's, which all others compare with. Where no example is held out for the test, there are
     * no exams.
     */
    public boolean isReferredTo(int step) {
        boolean examined = run.specification().data().split().test() > 0;
        boolean newest = !reported.isEmpty() && reported.last() == step;
        return step == 0 || examined && (newest || !reported.contains(step));
    }

    /** Whether others already know of this step's checkpoint. */
    public boolean hasAnnounced(int step) {
        return checkpoints.stream().anyMatch(checkpoint -> checkpoint.step() == step);
    }
}
