package dev.apprentice.trainer.training;

import dev.apprentice.trainer.run.StopSignal;
import java.time.Duration;

/** Nobody stops the run. */
final class NoStop implements StopSignal {

    @Override
    public void check() {}

    @Override
    public void pause(Duration duration) {
        Thread.onSpinWait();
    }
}
