package dev.apprentice.service.kafka;

import dev.apprentice.service.threads.WatchedThread;
import io.quarkus.runtime.ShutdownEvent;
import io.smallrye.reactive.messaging.kafka.KafkaClientService;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.apache.kafka.clients.consumer.Consumer;
import org.jboss.logging.Logger;

/**
 * Lets a service shut down while no broker answers.
 *
 * <p>A channel that ends commits its offsets, and its client waits for the broker without limit. While the service runs, a limit
 * would end the channel. After {@link #PATIENCE}, all consumers are woken up, which aborts such a commit. Its records are then
 * delivered again after the next start.
 */
@ApplicationScoped
public class ChannelRelease {

    private static final Logger LOG = Logger.getLogger(ChannelRelease.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration WAKE_EVERY = Duration.ofMillis(200);

    private final Supplier<List<? extends Consumer<?, ?>>> consumers;
    private final Duration patience;
    private final WatchedThread thread = new WatchedThread("channel-release", this::wake, WAKE_EVERY);

    @Inject
    ChannelRelease(KafkaClientService clients) {
        this(
                () -> clients.getConsumerChannels().stream()
                        .flatMap(channel -> clients.getConsumers(channel).stream())
                        .<Consumer<?, ?>>map(consumer -> consumer.unwrap())
                        .filter(Objects::nonNull)
                        .toList(),
                PATIENCE);
    }

    /** @param consumers the channels' consumers, as far as they exist */
    ChannelRelease(Supplier<List<? extends Consumer<?, ?>>> consumers, Duration patience) {
        this.consumers = consumers;
        this.patience = patience;
    }

    void stop(@Observes ShutdownEvent event) {
        thread.start();
    }

    private void wake(WatchedThread self) throws InterruptedException {
        if (self.pause(patience)) {
            return;
        }
        LOG.warn("Kafka does not answer; the channels end without a commit, and their last records are delivered again");
        do {
            consumers.get().forEach(Consumer::wakeup);
        } while (!self.pause(WAKE_EVERY));
    }

    /** Stops the thread. This runs after the channels have ended, like every pre-destroy method of their scope. */
    @PreDestroy
    void ended() {
        thread.stop();
    }

    /** Waits until the thread has ended; for tests. */
    void awaitEnd() throws InterruptedException {
        thread.join();
    }
}
