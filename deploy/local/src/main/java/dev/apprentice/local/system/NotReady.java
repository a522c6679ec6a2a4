package dev.apprentice.local.system;

import java.nio.file.Path;

/**
 * A member that a start could not bring to take work.
 *
 * @param member which
 * @param reason what it waits for, or why it ended
 * @param log where it says more
 */
public record NotReady(Member member, String reason, Path log) {

    @Override
    public String toString() {
        return member + " is not ready: " + reason + ". Its log is " + log + ".";
    }
}
