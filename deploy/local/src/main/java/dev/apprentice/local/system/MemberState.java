package dev.apprentice.local.system;

import java.util.OptionalLong;

/**
 * The state of one member.
 *
 * @param member the member
 * @param life whether its process is alive
 * @param pid its process id; empty if it is not alive
 * @param port the port it has or had
 * @param readiness whether it takes work; meaningful while it is alive
 */
public record MemberState(Member member, Life life, OptionalLong pid, int port, Readiness readiness) {

    /** Whether a process is alive. */
    public enum Life {
        /** It was never started, or was stopped by {@code down}. */
        STOPPED,
        /** It was started, and has ended without {@code down}. */
        DEAD,
        ALIVE
    }

    public boolean ready() {
        return life == Life.ALIVE && readiness.ready();
    }
}
