package dev.apprentice.judge.judging;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready, with the reason, while responses wait for a judge that gives no answer. */
@Readiness
@ApplicationScoped
public class JudgesReadiness implements HealthCheck {

    private static final String NAME = "Judges";

    private final Judges judges;

    JudgesReadiness(Judges judges) {
        this.judges = judges;
    }

    @Override
    public HealthCheckResponse call() {
        List<String> troubles = judges.troubles();
        return troubles.isEmpty()
                ? HealthCheckResponse.up(NAME)
                : HealthCheckResponse.named(NAME).down().withData("reason", String.join("; ", troubles)).build();
    }
}
