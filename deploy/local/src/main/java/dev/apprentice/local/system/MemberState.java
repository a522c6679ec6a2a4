package dev.apprentice.local.system;

import java.util.OptionalLong;

/**
 * How one member is doing.
 *
 * @param member the member
 * @param life whether its process lives
 * @param pid its process id, where it lives
 * @param port the port it has or had
 * @param readiness whether it takes work; meaningful while it lives
 */
public record MemberState(Member member, Life life, OptionalLong pid, int port, Readiness readiness) {

    /** Whether a process lives. */
    public enum Life {
        /** It was never started, or was ended by {@code down}. */
        STOPPED,
        /** It was started and has ended without {@code down}. */
        DEAD,
        ALIVE
    }

    public boolean ready() {
        return life == Life.ALIVE && readiness.ready();
    }
}
