package dev.apprentice.inference.answering;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Readiness;

/** Names the checkpoints that cannot be read now, and why. Others can be, so the service is ready all the same. */
@Readiness
@ApplicationScoped
public class CheckpointsReadiness implements HealthCheck {

    private final AbsentCheckpoints absent;

    CheckpointsReadiness(AbsentCheckpoints absent) {
        this.absent = absent;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder check = HealthCheckResponse.named("Checkpoints").up();
        absent.all().forEach(one -> check.withData(
                one.checkpoint().uri(), one.prompts() + " prompts wait: " + one.why().getMessage()));
        return check.build();
    }
}
