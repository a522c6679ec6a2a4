package dev.apprentice.local;

import java.time.Duration;

/** The pause of a command between two polls. */
public final class Pause {

    private Pause() {}

    /** Sleeps. @throws CommandException with the given message if it is interrupted */
    public static void of(Duration time, String interrupted) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(interrupted, e);
        }
    }
}
