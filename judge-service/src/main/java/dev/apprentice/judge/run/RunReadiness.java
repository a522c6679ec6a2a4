package dev.apprentice.judge.run;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Reports the service as not ready until runs and reports have been read once, because only then are all of them known. */
@Readiness
@ApplicationScoped
public class RunReadiness implements HealthCheck {

    private static final String NAME = "Runs";

    private final RunFeed feed;

    RunReadiness(RunFeed feed) {
        this.feed = feed;
    }

    @Override
    public HealthCheckResponse call() {
        return feed.isComplete()
                ? HealthCheckResponse.up(NAME)
                : HealthCheckResponse.named(NAME).down().withData("reason", "runs and their reports are still being read").build();
    }
}
