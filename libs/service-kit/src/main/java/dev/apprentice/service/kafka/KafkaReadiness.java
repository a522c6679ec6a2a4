package dev.apprentice.service.kafka;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Readiness check that fails, with the reason, until Kafka and every topic have been available once and the channels have
 * started. Until then, a service knows nothing about the others' work. {@link KafkaCondition} reports later trouble.
 */
@Readiness
@ApplicationScoped
public class KafkaReadiness implements HealthCheck {

    private final TopicProvisioning provisioning;
    private final PatientMessaging messaging;

    KafkaReadiness(TopicProvisioning provisioning, PatientMessaging messaging) {
        this.provisioning = provisioning;
        this.messaging = messaging;
    }

    @Override
    public HealthCheckResponse call() {
        return provisioning.missingSinceStart()
                .or(messaging::missing)
                .map(reason -> HealthCheckResponse.named("Kafka").down().withData("reason", reason).build())
                .orElseGet(() -> HealthCheckResponse.up("Kafka"));
    }
}
