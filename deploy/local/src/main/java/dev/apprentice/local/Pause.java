package dev.apprentice.local;

import java.time.Duration;

/** What a command does between two looks. */
public final class Pause {

    private Pause() {}

    /** @throws CommandException with these words where it is interrupted */
    public static void of(Duration time, String interrupted) {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandException(interrupted, e);
        }
    }
}
