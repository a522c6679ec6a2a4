package dev.apprentice.judge.report;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready, with the reason, while scores are not being added up. */
@Readiness
@ApplicationScoped
public class ReportsReadiness implements HealthCheck {

    private static final String NAME = "Reports";

    private final ReportStreams streams;

    ReportsReadiness(ReportStreams streams) {
        this.streams = streams;
    }

    @Override
    public HealthCheckResponse call() {
        return streams.missing()
                .map(reason -> HealthCheckResponse.named(NAME).down().withData("reason", reason).build())
                .orElseGet(() -> HealthCheckResponse.up(NAME));
    }
}
