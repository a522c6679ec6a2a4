package dev.apprentice.service.kafka;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Not ready, with the reason, while Kafka cannot be reached, lacks a topic, or the channels have not started.
 *
 * <p>Answers at once from what {@link TopicProvisioning} saw last; Quarkus' own check asks the broker in the request and
 * lets a probe hang for a minute while it is away.
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
        return provisioning.missing()
                .or(messaging::missing)
                .map(reason -> HealthCheckResponse.named("Kafka").down().withData("reason", reason).build())
                .orElseGet(() -> HealthCheckResponse.up("Kafka"));
    }
}
