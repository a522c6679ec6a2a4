package dev.apprentice.judge.report;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/**
 * Not ready, with the reason, until scores have begun to be added up: before, this instance does not know the reports. If that
 * stops later, while instances share the work out anew for one, finished reports are shown on; see {@link ReportsCondition}.
 */
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
        return streams.missingSinceStart()
                .map(reason -> HealthCheckResponse.named(NAME).down().withData("reason", reason).build())
                .orElseGet(() -> HealthCheckResponse.up(NAME));
    }
}
