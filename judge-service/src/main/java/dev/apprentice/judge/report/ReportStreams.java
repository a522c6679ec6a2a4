package dev.apprentice.judge.report;

import dev.apprentice.service.TopicProvisioning;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jboss.logging.Logger;

/**
 * Runs the aggregation with the service: starts it once Kafka is there, starts it again should it fail, stops it in order.
 *
 * <p>One thread of its own does all that; what others see is {@link #missing()}.
 */
@ApplicationScoped
public class ReportStreams {

    private static final Logger LOG = Logger.getLogger(ReportStreams.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration PATIENCE_AT_STOP = Duration.ofSeconds(10);

    private final StreamsSettings settings;
    private final TopicProvisioning topics;
    private final MeterRegistry registry;
    private final ScheduledExecutorService supervisor = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "reports-supervisor");
        thread.setDaemon(true);
        return thread;
    });

    private volatile Optional<String> missing = Optional.of("the aggregation of scores waits for Kafka");
    private Optional<Running> running = Optional.empty();

    ReportStreams(StreamsSettings settings, TopicProvisioning topics, MeterRegistry registry) {
        this.settings = settings;
        this.topics = topics;
        this.registry = registry;
    }

    void start(@Observes StartupEvent event) {
        supervisor.scheduleWithFixedDelay(this::look, 0, LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS);
    }

    void stop(@Observes ShutdownEvent event) {
        supervisor.execute(() -> running.ifPresent(Running::close));
        supervisor.shutdown();
        try {
            if (!supervisor.awaitTermination(PATIENCE_AT_STOP.toSeconds() + 1, TimeUnit.SECONDS)) {
                LOG.warn("the aggregation of scores did not stop in time; it goes on from its last commit next time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Why no reports are made at the moment; empty while they are. */
    public Optional<String> missing() {
        return missing;
    }

    private void look() {
        try {
            if (running.filter(Running::failed).isPresent()) {
                running.get().close();
                running = Optional.empty();
            }
            if (running.isEmpty() && topics.missing().isEmpty()) {
                running = Optional.of(Running.start(settings, registry));
            }
            missing = running.isPresent()
                    ? running.get().missing()
                    : Optional.of("the aggregation of scores waits for Kafka");
        } catch (KafkaException e) { // the next look tries again
            missing = Optional.of("the aggregation of scores cannot start: " + e.getMessage());
            LOG.warn(missing.get(), e);
        }
    }

    /** One life of the aggregation. */
    private record Running(KafkaStreams streams, KafkaStreamsMetrics metrics) {

        static Running start(StreamsSettings settings, MeterRegistry registry) {
            KafkaStreams streams =
                    new KafkaStreams(ReportTopology.of(settings.every()), settings.forClusterNowReached());
            streams.setUncaughtExceptionHandler(failure -> {
                LOG.error("the aggregation of scores failed; its thread is replaced", failure);
                return StreamThreadExceptionResponse.REPLACE_THREAD;
            });
            KafkaStreamsMetrics metrics = new KafkaStreamsMetrics(streams);
            metrics.bindTo(registry);
            streams.start();
            return new Running(streams, metrics);
        }

        boolean failed() {
            return streams.state() == State.ERROR || streams.state() == State.NOT_RUNNING;
        }

        Optional<String> missing() {
            State state = streams.state();
            return state == State.RUNNING
                    ? Optional.empty()
                    : Optional.of("the aggregation of scores is " + state.name().toLowerCase(Locale.ROOT));
        }

        void close() {
            metrics.close();
            streams.close(PATIENCE_AT_STOP);
        }
    }
}
