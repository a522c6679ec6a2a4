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
 * Runs a topology while the service runs: starts it once Kafka is available, restarts it after a failure, and stops it
 * gracefully.
 *
 * <p>A thread of this class does all that; others read the result from {@link #missing()} and {@link #streams()}.
 */
public abstract class SupervisedStreams {

    private static final Logger LOG = Logger.getLogger(SupervisedStreams.class);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    /**
     * How often to look before the topology works for the first time. Until then, responses cannot be read and scores wait, and a
     * look is cheap.
     */
    private static final Duration LOOK_AT_START_EVERY = Duration.ofMillis(20);
    private static final Duration PATIENCE_AT_STOP = Duration.ofSeconds(6);
    /**
     * How long stopping may take without Kafka. Work in progress cannot be committed then and is repeated after the next start.
     */
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
    private boolean worked; // this and the next field are used by the supervisor's thread only
    private Topology next;

    /**
     * Creates the supervision without starting anything.
     *
     * @param what what the topology does, for log and health, such as "the aggregation of scores"
     * @param name the folder of its state, and its part of the consumer group's name
     * @param topology creates the topology for each start
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

    /** Starts the supervision. This happens before the channels are created, so that both connect to Kafka in parallel. */
    void start(@Observes @Priority(StartOrder.KAFKA) StartupEvent event) {
        threads.start(supervisor);
    }

    /** Begins the stop before any other stop is awaited, so that all stop in parallel. */
    void beginToStop(@Observes @Priority(Interceptor.Priority.PLATFORM_BEFORE) ShutdownEvent event) {
        supervisor.stop();
    }

    /** Waits until the topology has stopped, or until a timeout. */
    void stop(@Observes ShutdownEvent event) {
        try {
            supervisor.join(PATIENCE_AT_STOP.plusSeconds(1));
            if (supervisor.isAlive()) {
                LOG.warnf("%s did not stop in time; it will continue from its last commit", what);
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

    /** Returns why it does not work at the moment; empty while it does. */
    public Optional<String> missing() {
        return missing;
    }

    /** Returns the running instance; empty before the first start and between two. */
    protected Optional<KafkaStreams> streams() {
        return running.map(Running::streams);
    }

    /** Tells whether to look at short intervals, before the first success. A failed start is not repeated at once. */
    private boolean waitsAtStart() {
        return !worked && (running.isPresent() || topics.missing().isPresent());
    }

    private void look() {
        try {
            if (next == null) {
                next = topology.get(); // needs no broker, so it is ready when one answers
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
        streams.setUncaughtExceptionHandler(failure -> replaceThread(what, failure));
        KafkaStreamsMetrics metrics = new KafkaStreamsMetrics(streams);
        metrics.bindTo(registry);
        streams.setGlobalStateRestoreListener(new ReadingIn(words -> missing = Optional.of(what + words)));
        streams.start(); // for a topology with global stores, this returns once they have caught up with their topics
        return new Running(streams, metrics);
    }

    /** Handles the failure of a thread, which rethrows it. Otherwise Java would print its stack trace besides the log. */
    static StreamThreadExceptionResponse replaceThread(String what, Throwable failure) {
        LOG.errorf(failure, "%s failed; its thread is replaced", what);
        Thread.currentThread().setUncaughtExceptionHandler((thread, known) -> LOG.debugf("%s has ended", thread.getName()));
        return StreamThreadExceptionResponse.REPLACE_THREAD;
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

    /** A running instance. */
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
