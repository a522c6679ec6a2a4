package dev.apprentice.judge.run;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready until runs and reports have been read once: only then can this instance say which there are. */
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
