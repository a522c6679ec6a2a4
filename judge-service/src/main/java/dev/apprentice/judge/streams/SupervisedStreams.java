package dev.apprentice.judge.streams;

import dev.apprentice.service.kafka.StartOrder;
import dev.apprentice.service.kafka.TopicProvisioning;
import dev.apprentice.service.threads.WatchedThread;
import dev.apprentice.service.threads.WatchedThreads;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.KafkaStreams.State;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jboss.logging.Logger;

/**
 * Runs a topology with the service: starts it once Kafka is there, starts it again should it fail, stops it in order.
 *
 * <p>One thread of its own does all that; what others see is {@link #missing()} and {@link #streams()}.
 */
public abstract class SupervisedStreams {

    private static final Logger LOG = Logger.getLogger(SupervisedStreams.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    /** Until it works for the first time responses cannot be looked at, and scores wait; a look costs nothing then. */
    private static final Duration LOOK_AT_START_EVERY = Duration.ofMillis(20);
    private static final Duration PATIENCE_AT_STOP = Duration.ofSeconds(6);
    /** What is under way cannot be committed then: it comes again. */
    private static final Duration PATIENCE_WITHOUT_KAFKA = Duration.ofSeconds(1);

    private final String what;
    private final String name;
    private final Supplier<Topology> topology;
    private final StreamsSettings settings;
    private final TopicProvisioning topics;
    private final MeterRegistry registry;
    private final WatchedThreads threads;
    private final WatchedThread supervisor;

    private volatile Optional<String> missing;
    private volatile Optional<Running> running = Optional.empty();
    private boolean worked; // this and the next are the supervisor's alone
    private Topology next;

    /**
     * Starts nothing yet.
     *
     * @param what what the topology does, for log and health: "the aggregation of scores"
     * @param name the folder of its state, and its part of the consumer group's name
     * @param topology made anew for each life
     */
    protected SupervisedStreams(
            String what,
            String name,
            Supplier<Topology> topology,
            StreamsSettings settings,
            TopicProvisioning topics,
            MeterRegistry registry,
            WatchedThreads threads) {
        this.what = what;
        this.name = name;
        this.topology = topology;
        this.settings = settings;
        this.topics = topics;
        this.registry = registry;
        this.missing = waitsForKafka();
        this.threads = threads;
        this.supervisor = new WatchedThread("supervisor of " + what, this::supervise, LOOK_EVERY);
    }

    /** Looks after it from now on; before the channels are made, so that Kafka answers both side by side. */
    void start(@Observes @Priority(StartOrder.KAFKA) StartupEvent event) {
        threads.start(supervisor);
    }

    /** Before any is waited for, so that all stop side by side. */
    void beginToStop(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent event) {
        supervisor.stop();
    }

    /** Returns when it has stopped, or after a while. */
    void stop(@Observes ShutdownEvent event) {
        try {
            supervisor.join(PATIENCE_AT_STOP.plusSeconds(1));
            if (supervisor.isAlive()) {
                LOG.warnf("%s did not stop in time; it goes on from its last commit next time", what);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void supervise(WatchedThread self) throws InterruptedException {
        do {
            self.busyWith(this::look);
        } while (!self.pause(waitsAtStart() ? LOOK_AT_START_EVERY : LOOK_EVERY));
        running.ifPresent(life -> life.close(topics.missing().isEmpty() ? PATIENCE_AT_STOP : PATIENCE_WITHOUT_KAFKA));
    }

    /** Why it does not work at the moment; empty while it does. */
    public Optional<String> missing() {
        return missing;
    }

    /** Its present life; empty before the first and between two. */
    protected Optional<KafkaStreams> streams() {
        return running.map(Running::streams);
    }

    /** A start that failed is not tried again at once. */
    private boolean waitsAtStart() {
        return !worked && (running.isPresent() || topics.missing().isPresent());
    }

    private void look() {
        try {
            if (next == null) {
                next = topology.get(); // needs no broker, so it is there once one answers
            }
            if (running.filter(Running::failed).isPresent()) {
                running.get().close(PATIENCE_AT_STOP);
                running = Optional.empty();
            }
            if (running.isEmpty() && topics.missing().isEmpty()) {
                running = Optional.of(begin());
            }
            missing = running.map(this::lacking).orElseGet(this::waitsForKafka);
            worked |= missing.isEmpty();
        } catch (KafkaException e) { // the next look tries again
            missing = Optional.of(what + " cannot start: " + e.getMessage());
            LOG.warn(missing.get(), e);
        }
    }

    private Running begin() {
        KafkaStreams streams = new KafkaStreams(next, settings.forClusterNowReached(name));
        next = null;
        streams.setUncaughtExceptionHandler(failure -> {
            LOG.errorf(failure, "%s failed; its thread is replaced", what);
            return StreamThreadExceptionResponse.REPLACE_THREAD;
        });
        KafkaStreamsMetrics metrics = new KafkaStreamsMetrics(streams);
        metrics.bindTo(registry);
        streams.setGlobalStateRestoreListener(new ReadingIn(words -> missing = Optional.of(what + words)));
        streams.start(); // where it copies topics, this returns once it has caught up with them
        return new Running(streams, metrics);
    }

    private Optional<String> lacking(Running life) {
        State state = life.streams().state();
        return state == State.RUNNING
                ? Optional.empty()
                : Optional.of(what + " is " + state.name().toLowerCase(Locale.ROOT));
    }

    private Optional<String> waitsForKafka() {
        return Optional.of(what + " waits for Kafka");
    }

    /** One life. */
    private record Running(KafkaStreams streams, KafkaStreamsMetrics metrics) {

        boolean failed() {
            return streams.state() == State.ERROR || streams.state() == State.NOT_RUNNING;
        }

        void close(Duration patience) {
            metrics.close();
            streams.close(patience);
        }
    }
}
