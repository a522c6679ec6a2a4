package dev.apprentice.service.health;

import java.util.Optional;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Something outside the service that it can take requests without: Kafka once it was there, a judge, a checkpoint's storage.
 *
 * <p>While it is away {@code /q/health/well} and {@code /q/health} are down with the reason, and the gauge of
 * {@link ConditionMetrics} is 1. {@code /q/health/ready} stays up, so that what is finished stays on the network. A class of
 * this kind has the annotation {@link io.smallrye.health.api.Wellness}.
 */
public interface Condition extends HealthCheck {

    /** One word or two, the same at every start. */
    String name();

    /**
     * Why it is away; empty while it is there. Anyone may ask: it holds no name of a run, a dataset or a file. Answers at once.
     */
    Optional<String> trouble();

    @Override
    default HealthCheckResponse call() {
        return trouble()
                .map(reason -> HealthCheckResponse.named(name()).down().withData("reason", reason).build())
                .orElseGet(() -> HealthCheckResponse.up(name()));
    }
}
