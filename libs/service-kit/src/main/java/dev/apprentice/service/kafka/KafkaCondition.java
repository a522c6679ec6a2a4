package dev.apprentice.service.kafka;

import dev.apprentice.service.health.Condition;
import io.smallrye.health.api.Wellness;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;

/**
 * Kafka cannot be reached or lacks a topic. What a service knows it still answers; what it has to send waits, or is refused
 * with the reason.
 *
 * <p>Answers at once from what {@link TopicProvisioning} saw last; Quarkus' own check asks the broker in the request and
 * lets a probe hang for a minute while it is away.
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
