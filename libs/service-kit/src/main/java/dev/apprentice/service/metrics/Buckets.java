package dev.apprentice.service.metrics;

import java.time.Duration;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * The bounds of the histograms' buckets. They are few, so a scrape has room for all of them, and alike in all services, so times
 * can be compared.
 */
public final class Buckets {

    /** For an optimizer step, an answer or a judge's reply: 10 ms to 5 minutes. */
    private static final long[] WORK_MILLIS = {10, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000};

    /** For an HTTP request: fewer bounds, because a service has a histogram for every path, method and status. */
    private static final long[] REQUEST_MILLIS = {10, 50, 250, 1_000, 5_000, 30_000};

    /** For what passes through several services: 1 s to 6 hours. */
    private static final long[] JOURNEY_SECONDS = {1, 5, 15, 30, 60, 120, 300, 600, 1_800, 3_600, 21_600};

    private Buckets() {}

    /** Returns the upper bounds for a piece of work in one service. */
    public static Duration[] ofWork() {
        return durations(Arrays.stream(WORK_MILLIS).mapToObj(Duration::ofMillis));
    }

    /** Returns the upper bounds for one request. */
    static Duration[] ofRequests() {
        return durations(Arrays.stream(REQUEST_MILLIS).mapToObj(Duration::ofMillis));
    }

    /** Returns the upper bounds for what passes through several services, such as an instruction until its checkpoint is published. */
    public static Duration[] ofJourney() {
        return durations(Arrays.stream(JOURNEY_SECONDS).mapToObj(Duration::ofSeconds));
    }

    private static Duration[] durations(Stream<Duration> bounds) {
        return bounds.toArray(Duration[]::new);
    }
}
