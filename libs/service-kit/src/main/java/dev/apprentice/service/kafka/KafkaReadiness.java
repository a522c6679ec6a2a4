package dev.apprentice.service.kafka;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Not ready, with the reason, until Kafka and every topic have been there once and the channels have started: before, a
 * service knows nothing of what the others did. What is away later is a {@link KafkaCondition}.
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
