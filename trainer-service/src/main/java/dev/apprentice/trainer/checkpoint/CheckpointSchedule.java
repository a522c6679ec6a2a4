package dev.apprentice.trainer.checkpoint;

import dev.apprentice.contracts.run.Training;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Decides when a checkpoint is due besides those at the end of each epoch: every given number of steps, or after a given time
 * without one.
 *
 * <p>The schedule does not affect what is learned: a run that is resumed from any checkpoint ends with the same bytes. The clock
 * never jumps. It goes on while the run is paused, because a turn is shorter than the time allowed between two checkpoints.
 */
public final class CheckpointSchedule {

    private static final int NONE = -1;

    private final Optional<Integer> every;
    private final Optional<Duration> after;
    private final LongSupplier nanoTime;
    private int savedStep;
    private long savedAt;
    private int pausedStep = NONE;

    CheckpointSchedule(Optional<Integer> every, Optional<Duration> after, LongSupplier nanoTime) {
        this.every = every;
        this.after = after;
        this.nanoTime = nanoTime;
        saved(NONE);
    }

    /**
     * Returns the run's own schedule. A stream that asks for neither steps nor a time would never have a checkpoint.
     *
     * @param afterUnlessGiven the time after which a checkpoint is due if the run asks for neither
     */
    public static CheckpointSchedule of(Training training, Optional<Duration> afterUnlessGiven, LongSupplier nanoTime) {
        return new CheckpointSchedule(
                training.checkpointEvery(),
                training.checkpointAfter().or(() -> training.checkpointEvery().isPresent() ? Optional.empty() : afterUnlessGiven),
                nanoTime);
    }

    /** Tells whether a checkpoint is due at this step. None is due if nothing was learned since the last one. */
    public boolean isDue(int step) {
        return isNewsAt(step) && (isRegular(step) || isOverdue());
    }

    /** Tells whether {@code checkpointEvery} asks for a checkpoint at this step, regardless of the clock. */
    public boolean isRegular(int step) {
        return every.map(steps -> step % steps == 0).orElse(false);
    }

    /** Tells whether something was learned since the last checkpoint. */
    public boolean isNewsAt(int step) {
        return step > savedStep;
    }

    private boolean isOverdue() {
        return after.map(time -> nanoTime.getAsLong() - savedAt >= time.toNanos()).orElse(false);
    }

    /** Notes that training goes on, and that this step's checkpoint is the newest announced one. */
    public void goOnFrom(int step) {
        if (step != savedStep) {
            saved(step);
        }
    }

    /** Notes that the run is paused after this step. */
    public void paused(int step) {
        pausedStep = step;
    }

    /** Tells whether a checkpoint is due by now for the step at which the run was paused. */
    public boolean isDueWhilePaused() {
        return isDue(pausedStep);
    }

    public void saved(int step) {
        savedStep = step;
        savedAt = nanoTime.getAsLong();
    }
}
