package dev.apprentice.trainer.run;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Not live once another process has taken this one's name: only a restart can help, or a name of its own. */
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
