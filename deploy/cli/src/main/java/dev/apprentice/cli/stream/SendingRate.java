package dev.apprentice.cli.stream;

import dev.apprentice.local.CommandException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The rate at which examples are sent.
 *
 * @param perSecond the most examples a second; empty for no limit
 */
public record SendingRate(Optional<Double> perSecond) {

    private static final int MOST_AT_ONCE = 500;
    private static final double PORTIONS_A_SECOND = 4;

    public SendingRate {
        perSecond.filter(rate -> !(rate > 0)).ifPresent(rate -> {
            throw new CommandException("The rate " + rate + " is not above 0; --rate takes examples a second.");
        });
    }

    /** Returns how many to send at once, small enough for an even rate. */
    int atOnce() {
        return perSecond.map(rate -> (int) Math.max(1, Math.min(MOST_AT_ONCE, rate / PORTIONS_A_SECOND)))
                .orElse(MOST_AT_ONCE);
    }

    /** Returns when this many may have been sent, counted from the first. */
    Duration due(long sent) {
        return perSecond.map(rate -> Duration.ofNanos((long) (sent / rate * TimeUnit.SECONDS.toNanos(1))))
                .orElse(Duration.ZERO);
    }
}
