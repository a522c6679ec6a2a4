package dev.apprentice.service.kafka;

import dev.apprentice.service.health.Condition;
import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Health condition for Kafka and its topics. While Kafka is unreachable or lacks a topic, a service still answers from what it
 * knows. What it has to send waits, or is refused with the reason.
 *
 * <p>It answers at once from the last check of {@link TopicProvisioning}. Quarkus' own check asks the broker during the request,
 * so a probe would hang for a minute while the broker is unavailable.
 */
@Wellness
@ApplicationScoped
public class KafkaCondition implements Condition {

    private final TopicProvisioning provisioning;

    KafkaCondition(TopicProvisioning provisioning) {
        this.provisioning = provisioning;
    }

    @Override
    public String name() {
        return "Kafka";
    }

    @Override
    public Optional<String> trouble() {
        return provisioning.missing();
    }
}
