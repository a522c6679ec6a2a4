package dev.apprentice.service.threads;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Liveness check that fails once a thread of the service has ended or hangs; only a restart helps then. */
@Liveness
@ApplicationScoped
public class ThreadLiveness implements HealthCheck {

    private final WatchedThreads threads;

    ThreadLiveness(WatchedThreads threads) {
        this.threads = threads;
    }

    @Override
    public HealthCheckResponse call() {
        return threads.trouble()
                .map(reason -> HealthCheckResponse.named("Threads").down().withData("reason", reason).build())
                .orElseGet(() -> HealthCheckResponse.up("Threads"));
    }
}
