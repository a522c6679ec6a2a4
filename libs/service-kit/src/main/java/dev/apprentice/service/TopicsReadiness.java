package dev.apprentice.service;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready, with the reason, until Kafka has been reached and the topics are in place. */
@Readiness
@ApplicationScoped
public class TopicsReadiness implements HealthCheck {

    private final TopicProvisioning provisioning;

    TopicsReadiness(TopicProvisioning provisioning) {
        this.provisioning = provisioning;
    }

    @Override
    public HealthCheckResponse call() {
        return provisioning.missing()
                .map(reason -> HealthCheckResponse.named("Topics").down().withData("reason", reason).build())
                .orElseGet(() -> HealthCheckResponse.up("Topics"));
    }
}
