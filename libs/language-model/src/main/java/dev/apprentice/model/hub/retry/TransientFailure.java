package dev.apprentice.model.hub.retry;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Thrown if the server cannot answer now, but may be able to later. */
public final class TransientFailure extends IOException {

    private static final long serialVersionUID = 1;

    private final transient Optional<Duration> retryAfter;

    /** @param retryAfter how long the server asked to wait */
    public TransientFailure(String message, Optional<Duration> retryAfter) {
        super(message);
        this.retryAfter = retryAfter;
    }

    Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
