package dev.apprentice.model.hub.retry;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** Parses the header Retry-After (RFC 9110, section 10.2.3): a number of seconds, or a date. */
public final class RetryAfter {

    private RetryAfter() {}

    /**
     * Returns the time to wait; empty if the value is neither.
     *
     * @param date the answer's Date header, the server's clock; this machine's may differ
     */
    public static Optional<Duration> parse(String value, Optional<String> date) {
        if (value.matches("\\d{1,9}")) {
            return Optional.of(Duration.ofSeconds(Long.parseLong(value)));
        }
        try {
            Instant then = instant(value);
            Instant now = date.map(RetryAfter::instant).orElseGet(Instant::now);
            return Optional.of(then.isAfter(now) ? Duration.between(now, then) : Duration.ZERO);
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Instant instant(String date) {
        return ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
    }
}
