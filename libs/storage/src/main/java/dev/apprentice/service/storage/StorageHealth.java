package dev.apprentice.service.storage;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Tells whether an object store is unavailable, from the result of the last request. Work that needs the store retries at least
 * every minute. A failure that is older than two minutes therefore blocks nothing any more.
 */
final class StorageHealth {

    private static final long LASTS_NANOS = Duration.ofMinutes(2).toNanos();

    private final LongSupplier nanoTime;
    private boolean away;
    private long failedAt;

    StorageHealth(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    synchronized void answered() {
        away = false;
    }

    synchronized void failed() {
        away = true;
        failedAt = nanoTime.getAsLong();
    }

    synchronized Optional<String> trouble() {
        return away && nanoTime.getAsLong() - failedAt < LASTS_NANOS
                ? Optional.of("the object store is unavailable, and work that needs it waits; the service's log has the reason")
                : Optional.empty();
    }
}
