package dev.apprentice.model.hub;

import java.time.Duration;

/** Passes time between two attempts. Tests let it pass at once. */
interface Pause {

    Pause SLEEP = duration -> Thread.sleep(duration.toMillis());

    void of(Duration duration) throws InterruptedException;
}
