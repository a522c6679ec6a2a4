package dev.apprentice.model.hub.retry;

import java.time.Duration;

/** Passes the time between two attempts. Tests replace it with one that does not wait. */
public interface Sleeper {

    Sleeper SLEEP = duration -> Thread.sleep(duration.toMillis());

    void sleep(Duration duration) throws InterruptedException;
}
