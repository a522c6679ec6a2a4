package dev.apprentice.local.system;

import java.nio.file.Path;

/**
 * A member that did not become ready in a start.
 *
 * @param member the member
 * @param reason what it waits for, or why it ended
 * @param log the log with more about it
 */
public record NotReady(Member member, String reason, Path log) {

    @Override
    public String toString() {
        return member + " is not ready: " + reason + ". Its log is " + log + ".";
    }
}
