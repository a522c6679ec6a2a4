package dev.apprentice.trainer.run;

import java.time.Duration;

/** Tells when work on a run has to stop. */
public interface StopSignal {

    /**
     * Checks whether work may go on. Called between any two steps.
     *
     * @throws RunStoppedException if work on the run has to stop
     */
    void check();

    /**
     * Waits for the given time.
     *
     * @throws RunStoppedException as soon as work on the run has to stop
     */
    void pause(Duration duration);
}
