package dev.apprentice.local.system;

import java.util.Optional;

/**
 * Whether a member takes work.
 *
 * @param missing what it waits for, in words; empty when it is ready
 */
public record Readiness(Optional<String> missing) {

    static final Readiness READY = new Readiness(Optional.empty());

    static Readiness notYet(String reason) {
        return new Readiness(Optional.of(reason));
    }

    public boolean ready() {
        return missing.isEmpty();
    }
}
