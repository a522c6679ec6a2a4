package dev.apprentice.inference.answering;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;

/** A service whose responses Kafka refuses for a lasting reason, or whose exam thread has ended, answers no exam any more. */
@Liveness
@ApplicationScoped
public class ExamLiveness implements HealthCheck {

    private final Exam exam;
    private final PatientSender sender;

    ExamLiveness(Exam exam, PatientSender sender) {
        this.exam = exam;
        this.sender = sender;
    }

    @Override
    public HealthCheckResponse call() {
        HealthCheckResponseBuilder check = HealthCheckResponse.named("Exam")
                .status(exam.isAlive() && sender.trouble().isEmpty());
        sender.trouble().ifPresent(trouble -> check.withData("reason", trouble));
        return check.build();
    }
}
