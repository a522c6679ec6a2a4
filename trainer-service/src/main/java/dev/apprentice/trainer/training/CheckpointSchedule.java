package dev.apprentice.trainer.training;

import dev.apprentice.contracts.Training;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * When a checkpoint is due besides those at the end of each epoch: every so many steps, and when training has gone on for so
 * long without one.
 *
 * <p>When they are taken changes nothing about what is learned: a run that is taken up again at any of them ends with the
 * same bytes. The clock is one that never jumps, and starts anew when a run is taken up.
 */
final class CheckpointSchedule {

    private final Optional<Integer> every;
    private final Optional<Duration> after;
    private final LongSupplier nanoTime;
    private int savedStep;
    private long savedAt;

    /** @param savedStep the step that training begins from */
    CheckpointSchedule(Optional<Integer> every, Optional<Duration> after, int savedStep, LongSupplier nanoTime) {
        this.every = every;
        this.after = after;
        this.nanoTime = nanoTime;
        saved(savedStep);
    }

    /** As the run asks. A stream without either has no checkpoint ever, so it has one after this long. */
    static CheckpointSchedule of(Training training, Optional<Duration> afterUnlessGiven, int savedStep, LongSupplier nanoTime) {
        return new CheckpointSchedule(
                training.checkpointEvery(),
                training.checkpointAfter().or(() -> training.checkpointEvery().isPresent() ? Optional.empty() : afterUnlessGiven),
                savedStep,
                nanoTime);
    }

    /** Whether one is due at this step. None is where none was learned since the last. */
    boolean isDue(int step) {
        return isNewsAt(step) && (every.map(steps -> step % steps == 0).orElse(false) || isOverdue());
    }

    /** Whether something was learned since the last checkpoint. */
    boolean isNewsAt(int step) {
        return step > savedStep;
    }

    private boolean isOverdue() {
        return after.map(time -> nanoTime.getAsLong() - savedAt >= time.toNanos()).orElse(false);
    }

    void saved(int step) {
        savedStep = step;
        savedAt = nanoTime.getAsLong();
    }
}
