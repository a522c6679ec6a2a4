package dev.apprentice.inference.models;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** A service whose model thread has ended answers nothing any more and must be started again. */
@Liveness
@ApplicationScoped
public class ModelThreadLiveness implements HealthCheck {

    private final ModelThread thread;
    private final HeldCheckpoints checkpoints;

    ModelThreadLiveness(ModelThread thread, HeldCheckpoints checkpoints) {
        this.thread = thread;
        this.checkpoints = checkpoints;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("Model thread")
                .status(thread.isAlive())
                .withData("checkpoints held", checkpoints.size())
                .build();
    }
}
