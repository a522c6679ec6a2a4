package dev.apprentice.model.hub.retry;

import java.time.Duration;

/** Passes time between two attempts. Tests let it pass at once. */
public interface Pause {

    Pause SLEEP = duration -> Thread.sleep(duration.toMillis());

    void of(Duration duration) throws InterruptedException;
}
