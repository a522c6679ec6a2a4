package dev.apprentice.service.kafka;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.reactive.messaging.providers.extension.HealthCenter;
import io.smallrye.reactive.messaging.providers.extension.MediatorManager;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Alternative;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jboss.logging.Logger;

/**
 * Starts the channels once the broker's name can be resolved. Kafka's clients cannot be created before that, and a channel
 * without its client ends the process.
 *
 * <p>Until then the service is live, is not ready and says why, and answers requests with 503.
 */
@Alternative
@Priority(1)
@ApplicationScoped
public class PatientMessaging extends MediatorManager {

    private static final Logger LOG = Logger.getLogger(PatientMessaging.class);

    /** Looked up at the start, because this bean is created while the application is built, when there is no configuration yet. */
    @Inject
    Instance<KafkaClients> clients;

    @Inject
    Instance<KafkaSettings> settings;

    @Inject
    Instance<HealthCenter> channelHealth;

    private final CountDownLatch stopping = new CountDownLatch(1);
    private volatile Optional<String> missing = Optional.empty();

    @Override
    public void start() {
        missing = clients.get().unresolved();
        if (missing.isEmpty()) {
            super.start();
            return;
        }
        channelHealth.get().markInitialized(); // else liveness would fail, and a supervisor would restart it in vain
        LOG.warnf("channels start once the broker's name is known: %s", missing.get());
        Thread thread = new Thread(this::startWhenResolved, "patient-messaging");
        thread.setContextClassLoader(Thread.currentThread().getContextClassLoader());
        thread.setDaemon(true);
        thread.start();
    }

    /** Returns why there are no channels yet; empty once there are. Returns at once, from the last check. */
    public Optional<String> missing() {
        return missing;
    }

    private void startWhenResolved() {
        try {
            while (clients.get().unresolved().isPresent()) {
                if (stopping.await(settings.get().retryEvery().toMillis(), TimeUnit.MILLISECONDS)) {
                    return;
                }
            }
            missing = Optional.of("the channels to Kafka are just starting");
            super.start();
            missing = Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) { // as at any start, a retry would not help
            LOG.error("the channels to Kafka cannot be started", e);
            Quarkus.asyncExit(1);
        }
    }

    void stop(@Observes ShutdownEvent event) {
        stopping.countDown();
    }
}
