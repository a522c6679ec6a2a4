package dev.apprentice.trainer.run;

import java.time.Duration;

/** When work on a run is to end. */
public interface StopSignal {

    /**
     * To be asked between any two steps.
     *
     * @throws RunStoppedException if work on the run shall end here
     */
    void check();

    /**
     * Lets time pass.
     *
     * @throws RunStoppedException as soon as work on the run shall end
     */
    void pause(Duration duration);
}
