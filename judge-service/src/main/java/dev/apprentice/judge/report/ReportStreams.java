package dev.apprentice.judge.report;

import dev.apprentice.judge.JudgeSettings;
import dev.apprentice.judge.streams.StreamsSettings;
import dev.apprentice.judge.streams.SupervisedStreams;
import dev.apprentice.service.TopicProvisioning;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.Optional;

/** Runs the aggregation of scores with the service. */
@ApplicationScoped
public class ReportStreams {

    /** The folder of its state, and its part of the consumer group's name. */
    static final String NAME = "reports";

    private final SupervisedStreams streams;

    ReportStreams(JudgeSettings settings, StreamsSettings streams, TopicProvisioning topics, MeterRegistry registry) {
        this.streams = new SupervisedStreams(
                "the aggregation of scores",
                () -> ReportTopology.of(settings.report().every()),
                () -> streams.forClusterNowReached(NAME),
                topics,
                registry);
    }

    void start(@Observes StartupEvent event) {
        streams.start();
    }

    void stop(@Observes ShutdownEvent event) {
        streams.stop();
    }

    /** Why no reports are made at the moment; empty while they are. */
    public Optional<String> missing() {
        return streams.missing();
    }
}
