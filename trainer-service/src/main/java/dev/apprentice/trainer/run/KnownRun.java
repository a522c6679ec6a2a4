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
 * A snapshot of what is known of a run.
 *
 * @param run its newest request
 * @param partition its partition of the topic of runs, which decides who trains it
 * @param newest its newest progress
 * @param conclusion its final progress since it was last resumed
 * @param checkpoints the announced checkpoints, ordered by step
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

    /** Tells whether the run learns from a stream. */
    public boolean isStream() {
        return run.specification().data().source() == Source.STREAM;
    }

    /** Returns the run's phase: that of its conclusion, or else of its newest progress, or else waiting. */
    public Phase phase() {
        return conclusion
                .or(() -> newest.filter(progress -> !progress.phase().isFinal())) // a final one ended the run before it was resumed
                .map(Progress::phase)
                .orElse(Phase.WAITING);
    }

    /**
     * Tells whether this step's weights may still be needed. They are if a question of its exam is not answered, or if its report
     * is the newest complete one. Step 0 is always needed, because every report compares with the base model. Without a test
     * split, there are no exams.
     */
    public boolean isReferredTo(int step) {
        boolean examined = run.specification().data().split().test() > 0;
        boolean newest = !reported.isEmpty() && reported.last() == step;
        return step == 0 || examined && (newest || !reported.contains(step));
    }

    /** Tells whether this step's checkpoint is already announced. */
    public boolean hasAnnounced(int step) {
        return checkpoints.stream().anyMatch(checkpoint -> checkpoint.step() == step);
    }
}
