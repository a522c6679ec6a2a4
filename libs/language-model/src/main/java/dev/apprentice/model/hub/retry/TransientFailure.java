package dev.apprentice.model.hub.retry;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** Thrown if the server cannot answer now, but may be able to later. */
public final class TransientFailure extends IOException {

    private static final long serialVersionUID = 1;

    private final int status;
    private final transient Optional<Duration> retryAfter;

    /**
     * @param status the HTTP status of the response
     * @param retryAfter the wait that the server asked for
     */
    public TransientFailure(String message, int status, Optional<Duration> retryAfter) {
        super(message);
        this.status = status;
        this.retryAfter = retryAfter;
    }

    public int status() {
        return status;
    }

    public Optional<Duration> retryAfter() {
        return retryAfter;
    }
}
