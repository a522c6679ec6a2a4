package dev.apprentice.inference.answering;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Liveness check that fails while Kafka refuses the exams' responses for a lasting reason. */
@Liveness
@ApplicationScoped
public class ExamLiveness implements HealthCheck {

    private final PatientSender sender;

    ExamLiveness(PatientSender sender) {
        this.sender = sender;
    }

    @Override
    public HealthCheckResponse call() {
        return sender.trouble()
                .map(trouble -> HealthCheckResponse.named("Exam").down().withData("reason", trouble).build())
                .orElseGet(() -> HealthCheckResponse.up("Exam"));
    }
}
