package dev.apprentice.trainer.checkpoint;

import dev.apprentice.contracts.run.Training;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * When a checkpoint is due besides those at the end of each epoch: every so many steps, and when training has gone on for so
 * long without one.
 *
 * <p>When they are taken changes nothing about what is learned: a run that is resumed at any of them ends with the
 * same bytes. The clock is one that never jumps. It goes on while the run is paused: turns are shorter than the time
 * between two checkpoints may be.
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

    /** As the run asks. A stream without either has no checkpoint ever, so it has one after this long. */
    public static CheckpointSchedule of(Training training, Optional<Duration> afterUnlessGiven, LongSupplier nanoTime) {
        return new CheckpointSchedule(
                training.checkpointEvery(),
                training.checkpointAfter().or(() -> training.checkpointEvery().isPresent() ? Optional.empty() : afterUnlessGiven),
                nanoTime);
    }

    /** Whether one is due at this step. None is where none was learned since the last. */
    public boolean isDue(int step) {
        return isNewsAt(step) && (isRegular(step) || isOverdue());
    }

    /** Whether it is one that the run asks for by its step, without regard to the clock. */
    public boolean isRegular(int step) {
        return every.map(steps -> step % steps == 0).orElse(false);
    }

    /** Whether something was learned since the last checkpoint. */
    public boolean isNewsAt(int step) {
        return step > savedStep;
    }

    private boolean isOverdue() {
        return after.map(time -> nanoTime.getAsLong() - savedAt >= time.toNanos()).orElse(false);
    }

    /** Training goes on; this step's checkpoint is the newest that others know of. */
    public void goOnFrom(int step) {
        if (step != savedStep) {
            saved(step);
        }
    }

    /** The run gives its turn away, having learned so far. */
    public void paused(int step) {
        pausedStep = step;
    }

    /** Whether what the run had learned when it was paused has to become a checkpoint by now. */
    public boolean isDueWhilePaused() {
        return isDue(pausedStep);
    }

    public void saved(int step) {
        savedStep = step;
        savedAt = nanoTime.getAsLong();
    }
}
