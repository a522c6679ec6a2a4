package dev.apprentice.model.hub.retry;

import java.time.Duration;

/** Passes time between two attempts. Tests let it pass at once. */
public interface Sleeper {

    Sleeper SLEEP = duration -> Thread.sleep(duration.toMillis());

    void sleep(Duration duration) throws InterruptedException;
}
