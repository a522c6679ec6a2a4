package dev.apprentice.service.threads;

import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/** Not live once a thread of the service's own has ended or hangs: only a restart can help. */
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
