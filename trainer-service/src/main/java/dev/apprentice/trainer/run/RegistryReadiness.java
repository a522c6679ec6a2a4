package dev.apprentice.trainer.run;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Readiness check that fails until the log of runs has been read once. Only then does this instance know which runs exist. */
@Readiness
@ApplicationScoped
public class RegistryReadiness implements HealthCheck {

    private final RegistryFeed feed;

    RegistryReadiness(RegistryFeed feed) {
        this.feed = feed;
    }

    @Override
    public HealthCheckResponse call() {
        return feed.isComplete()
                ? HealthCheckResponse.up("Runs")
                : HealthCheckResponse.named("Runs").down().withData("reason", "the log of runs is still being read").build();
    }
}
