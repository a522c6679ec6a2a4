package dev.apprentice.service.threads;

import io.smallrye.health.AsyncHealthCheckFactory;
import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import jakarta.annotation.PreDestroy;
import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;

/**
 * Health checks run on threads of their own. On those that requests share, as Quarkus has it, a probe would wait as long as
 * requests keep them all busy, and a supervisor would restart a service that works.
 */
@Alternative
@Priority(1)
@Singleton
public class HealthThreads extends AsyncHealthCheckFactory {

    /** More than one, should a check hang. */
    private static final int THREADS = 4;

    private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, task -> {
        Thread thread = new Thread(task, "health");
        thread.setDaemon(true);
        return thread;
    });

    @Override
    public Uni<HealthCheckResponse> callSync(HealthCheck check) {
        return super.callSync(check).runSubscriptionOn(threads);
    }

    @Override
    public Uni<HealthCheckResponse> callAsync(AsyncHealthCheck check) {
        return super.callAsync(check).runSubscriptionOn(threads);
    }

    @PreDestroy
    void stop() {
        threads.shutdownNow();
    }
}
