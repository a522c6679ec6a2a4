package dev.apprentice.service.health;

import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * A health condition: something outside the service without which it can still take requests, such as Kafka after the start, a
 * judge or a checkpoint's storage.
 *
 * <p>While it is unavailable, {@code /q/health/well} and {@code /q/health} are down with the reason, and the gauge of
 * {@link ConditionMetrics} is 1. {@code /q/health/ready} stays up, so the service stays reachable for what it can still do. An
 * implementation has the annotation {@link io.smallrye.health.api.Wellness}.
 */
public interface Condition extends HealthCheck {

    /** Returns a name of one or two words, which never changes. */
    String name();

    /**
     * Returns why it is unavailable; empty while it is available. The text is public, so it holds no name of a run, a dataset or
     * a file. Returns at once.
     */
    Optional<String> trouble();

    @Override
    default HealthCheckResponse call() {
        return trouble()
                .map(reason -> HealthCheckResponse.named(name()).down().withData("reason", reason).build())
                .orElseGet(() -> HealthCheckResponse.up(name()));
    }
}
