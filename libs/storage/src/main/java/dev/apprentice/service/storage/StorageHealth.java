package dev.apprentice.service.storage;

import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Whether an object store is away, by what came of the last request. What needs it asks again every minute at least; a failure
 * that is older is one that nothing waits for any more.
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
                ? Optional.of("the object store cannot be used, and what needs it waits; the service's log says why")
                : Optional.empty();
    }
}
