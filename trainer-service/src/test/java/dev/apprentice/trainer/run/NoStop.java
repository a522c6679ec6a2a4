package dev.apprentice.trainer.run;

import java.time.Duration;

/** The run is not stopped. */
public final class NoStop implements StopSignal {

    @Override
    public void check() {}

    @Override
    public void pause(Duration duration) {
        Thread.onSpinWait();
    }
}
