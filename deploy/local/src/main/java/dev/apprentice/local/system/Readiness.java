package dev.apprentice.local.system;

import java.util.Optional;

/**
 * Whether a member takes work.
 *
 * @param missing what it waits for, as text; empty if it is ready
 * @param away what it currently works without, and why; empty if nothing is missing
 */
public record Readiness(Optional<String> missing, Optional<String> away) {

    static final Readiness READY = new Readiness(Optional.empty(), Optional.empty());

    static Readiness notYet(String reason) {
        return new Readiness(Optional.of(reason), Optional.empty());
    }

    static Readiness without(String away) {
        return new Readiness(Optional.empty(), Optional.of(away));
    }

    public boolean ready() {
        return missing.isEmpty();
    }
}
