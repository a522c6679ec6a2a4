package dev.apprentice.trainer.run;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Liveness check that fails once another process has taken this instance's name. Only a restart or a unique name helps. */
@Liveness
@ApplicationScoped
public class OwnershipLiveness implements HealthCheck {

    private final Ownership ownership;

    OwnershipLiveness(Ownership ownership) {
        this.ownership = ownership;
    }

    @Override
    public HealthCheckResponse call() {
        return ownership
                .excluded()
                .map(reason -> HealthCheckResponse.named("Ownership").down().withData("reason", reason).build())
                .orElseGet(() -> HealthCheckResponse.up("Ownership"));
    }
}
