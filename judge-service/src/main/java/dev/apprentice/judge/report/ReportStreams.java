package dev.apprentice.judge.report;

import dev.apprentice.judge.JudgeSettings;
import dev.apprentice.judge.streams.StreamsSettings;
import dev.apprentice.judge.streams.SupervisedStreams;
import dev.apprentice.service.kafka.TopicProvisioning;
import dev.apprentice.service.threads.WatchedThreads;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;

/** Runs the aggregation of scores while the service runs. */
@Singleton
public class ReportStreams extends SupervisedStreams {

    static final String NAME = "reports";

    ReportStreams(
            JudgeSettings settings,
            StreamsSettings streams,
            TopicProvisioning topics,
            MeterRegistry registry,
            WatchedThreads threads) {
        super(
                "the aggregation of scores",
                NAME,
                () -> ReportTopology.of(settings.report().every(), settings.report().keepScores()),
                streams,
                topics,
                registry,
                threads);
    }
}
